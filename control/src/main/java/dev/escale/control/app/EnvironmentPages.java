package dev.escale.control.app;

import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.Problem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Reads;
import dev.escale.control.web.Form;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Variables and secrets of an app. */
@Controller
@RequestMapping("/{team}/apps/{app}/environment")
class EnvironmentPages {
    private final AppTargets targets;
    private final Variables variables;
    private final Operations operations;
    private final AppOperations offered;
    private final AppBadges badges;
    private final Views views;

    EnvironmentPages(
            AppTargets targets,
            Variables variables,
            Operations operations,
            AppOperations offered,
            AppBadges badges,
            Views views) {
        this.targets = targets;
        this.variables = variables;
        this.operations = operations;
        this.offered = offered;
        this.badges = badges;
        this.views = views;
    }

    /**
     * @param deployment that brings the last change to the app
     */
    @GetMapping
    View show(
            Page page,
            @PathVariable String app,
            @RequestParam(required = false) @Nullable String deployment) {
        return show(page, app, Form.empty(), deployment);
    }

    /**
     * @param lines several variables, in place of or beside the one
     */
    @PostMapping
    View set(
            Page page,
            @PathVariable String app,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String value,
            @RequestParam(defaultValue = "false") boolean secret,
            @RequestParam(defaultValue = "") String lines) {
        Map<String, ChangeEnvironment.@Nullable Value> set = new HashMap<>();
        DotEnv.read(lines)
                .forEach((each, text) -> set.put(each, new ChangeEnvironment.Value(text, secret)));
        if (!name.isBlank() || set.isEmpty()) {
            set.put(name.strip(), new ChangeEnvironment.Value(lineEnds(value), secret));
        }
        return change(page, app, new ChangeEnvironment.Input(app, set, Set.of()), name.strip());
    }

    @PostMapping("/unset")
    View unset(Page page, @PathVariable String app, @RequestParam String name) {
        return change(page, app, new ChangeEnvironment.Input(app, Map.of(), Set.of(name)), name);
    }

    private View change(Page page, String app, ChangeEnvironment.Input input, String name) {
        try {
            ChangeEnvironment.Change change =
                    operations
                            .run(page.reader().actor(), offered.environment(), input, Mode.APPLY)
                            .applied();
            String deployment = change.deployment();
            return views.redirect(
                    page.to("/apps/" + app + "/environment")
                            + (deployment == null ? "" : "?deployment=" + deployment));
        } catch (ProblemException refused) {
            return show(
                    page, app, Form.of("name", name).refused(onOneField(refused.problem())), null);
        }
    }

    /** The form has one field for the name, whatever it is. */
    private static Problem onOneField(Problem problem) {
        var faults =
                problem.faults().stream()
                        .map(
                                fault ->
                                        new dev.escale.control.operation.Fault(
                                                "name", fault.code(), fault.facts()))
                        .toList();
        return new Problem(problem.code(), problem.status(), problem.facts(), List.copyOf(faults));
    }

    private View show(Page page, String app, Form form, @Nullable String deployment) {
        App found = targets.shown(page.reader().actor(), app);
        Reads.check(page.reader().actor(), Reads.ENVIRONMENT, found.target());
        int status = form.problem() == null ? 200 : form.problem().status();
        return views.page(
                status,
                page,
                "app/environment",
                "app",
                found,
                "badge",
                badges.of(page, found),
                "variables",
                variables.values(found.team(), found.id()),
                "form",
                form,
                "deployment",
                Optional.ofNullable(deployment).filter(id -> id.matches("dep_[a-z0-9]+")));
    }

    /** Browsers send the lines of a text area with CR LF. */
    private static String lineEnds(String text) {
        return text.replace("\r\n", "\n");
    }
}
