package dev.escale.control.app;

import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Reads;
import dev.escale.control.operation.Target;
import dev.escale.control.server.Server;
import dev.escale.control.server.ServerTargets;
import dev.escale.control.web.Form;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import dev.escale.protocol.Overrides;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Making an app. */
@Controller
@RequestMapping("/{team}/apps")
class NewAppPages {
    private final ServerTargets servers;
    private final Operations operations;
    private final AppOperations offered;
    private final Views views;

    NewAppPages(ServerTargets servers, Operations operations, AppOperations offered, Views views) {
        this.servers = servers;
        this.operations = operations;
        this.offered = offered;
        this.views = views;
    }

    /**
     * @param server chosen already
     */
    @GetMapping("/new")
    View form(Page page, @RequestParam(defaultValue = "") String server) {
        Reads.checkOffer(page.reader().actor(), "app.create");
        return form(page, Form.of("server", server, "source", "escale"));
    }

    @PostMapping
    View create(Page page, @RequestParam Map<String, String> fields) {
        Form form = new Form(fields, null);
        boolean git = form.value("source").equals("git");
        var source =
                new CreateApp.SourceInput(
                        git ? "git" : "escale", git ? form.value("url").strip() : null);
        try {
            App app =
                    operations
                            .run(
                                    page.reader().actor(),
                                    offered.create(),
                                    new CreateApp.Input(
                                            form.value("name"),
                                            form.value("server"),
                                            source,
                                            SettingsForm.text(form, "branch"),
                                            Overrides.NONE),
                                    Mode.APPLY)
                            .applied();
            return views.redirect(page.to("/apps/" + app.slug()));
        } catch (ProblemException refused) {
            return form(page, form.refused(refused.problem()));
        }
    }

    private View form(Page page, Form form) {
        List<Server> all =
                servers.all(page.reader().actor()).stream()
                        .filter(
                                server ->
                                        page.may(
                                                "app.create",
                                                Target.app("", "", server.id().value())))
                        .toList();
        if (all.isEmpty() && page.may("server.add")) {
            return views.redirect(page.to("/servers/new"));
        }
        int status = form.problem() == null ? 200 : form.problem().status();
        return views.page(status, page, "app/new", "form", form, "servers", all);
    }
}
