package dev.escale.control.app;

import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Result;
import dev.escale.control.web.Form;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import dev.escale.protocol.Overrides;
import gg.jte.Content;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Settings of an app, and its removal. */
@Controller
@RequestMapping("/{team}/apps/{app}")
class AppSettingsPages {
    private final AppTargets targets;
    private final Operations operations;
    private final AppOperations offered;
    private final AppBadges badges;
    private final Views views;

    AppSettingsPages(
            AppTargets targets,
            Operations operations,
            AppOperations offered,
            AppBadges badges,
            Views views) {
        this.targets = targets;
        this.operations = operations;
        this.offered = offered;
        this.badges = badges;
        this.views = views;
    }

    @GetMapping("/settings")
    View settings(
            Page page,
            @PathVariable String app,
            @RequestParam(required = false) @Nullable String saved) {
        App found = find(page, app);
        return settings(page, found, SettingsForm.of(found), saved != null);
    }

    @PostMapping("/settings")
    View save(Page page, @PathVariable String app, @RequestParam Map<String, String> fields) {
        Form form = SettingsForm.typed(fields);
        try {
            Overrides settings = SettingsForm.overrides(form);
            operations.run(
                    page.reader().actor(),
                    offered.update(),
                    new UpdateApp.Input(app, SettingsForm.text(form, "branch"), settings),
                    Mode.APPLY);
        } catch (ProblemException refused) {
            return settings(page, find(page, app), form.refused(refused.problem()), false);
        }
        return views.redirect(page.to("/apps/" + app + "/settings?saved"));
    }

    @GetMapping("/remove")
    View askToRemove(Page page, @PathVariable String app) {
        return removal(page, find(page, app), null);
    }

    @PostMapping("/remove")
    View remove(
            Page page,
            @PathVariable String app,
            @RequestParam String plan,
            @RequestParam(defaultValue = "") String name) {
        App found = find(page, app);
        if (!name.strip().equals(found.slug())) {
            return removal(page, found, page.rich("page.plan.nameWrong", "name", found.slug()));
        }
        try {
            operations.apply(page.reader().actor(), plan);
        } catch (ProblemException stale) {
            if (!Plan.isStale(stale.problem())) {
                throw stale;
            }
            return removal(page, found, page.rich("page.plan.anew"));
        }
        return views.redirect(page.to("/apps"));
    }

    private View settings(Page page, App app, Form form, boolean saved) {
        int status = form.problem() == null ? 200 : form.problem().status();
        return views.page(
                status,
                page,
                "app/settings",
                "app",
                app,
                "badge",
                badges.of(page, app),
                "form",
                form,
                "saved",
                saved);
    }

    private View removal(Page page, App app, @Nullable Content mistake) {
        Result.Planned<?> planned =
                (Result.Planned<?>)
                        operations.run(
                                page.reader().actor(),
                                offered.remove(),
                                new RemoveApp.Input(app.slug()),
                                Mode.DRY_RUN);
        return views.page(
                page,
                "app/remove",
                "app",
                app,
                "badge",
                badges.of(page, app),
                "planned",
                planned,
                "mistake",
                Optional.ofNullable(mistake));
    }

    private App find(Page page, String app) {
        return targets.shown(page.reader().actor(), app);
    }
}
