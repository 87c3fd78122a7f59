package dev.escale.control.deployment;

import dev.escale.control.app.App;
import dev.escale.control.app.AppOperations;
import dev.escale.control.app.AppTargets;
import dev.escale.control.app.ControlApp;
import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.Problem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.server.ServerTargets;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import dev.escale.protocol.AppAction;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The list of apps, and the page of one with what can be done to it. */
@Controller
@RequestMapping("/{team}/apps")
class AppPages {
    private final AppTargets targets;
    private final ServerTargets servers;
    private final AppParts parts;
    private final Operations operations;
    private final AppOperations offered;
    private final Offered deploying;
    private final Views views;

    private record Offered(DeployApp deploy, RollBackApp rollBack) {}

    AppPages(
            AppTargets targets,
            ServerTargets servers,
            AppParts parts,
            Operations operations,
            AppOperations offered,
            DeployApp deploy,
            RollBackApp rollBack,
            Views views) {
        this.targets = targets;
        this.servers = servers;
        this.parts = parts;
        this.operations = operations;
        this.offered = offered;
        this.deploying = new Offered(deploy, rollBack);
        this.views = views;
    }

    @GetMapping
    View list(Page page) {
        var rows = parts.rows(page);
        if (rows.isEmpty()) {
            boolean anyServer = !servers.all(page.reader().actor()).isEmpty();
            return views.page(page, "deployment/noapps", "anyServer", anyServer);
        }
        return views.page(page, "deployment/apps", "rows", rows);
    }

    @GetMapping("/{app}")
    View overview(Page page, @PathVariable String app) {
        return overview(page, find(page, app), null);
    }

    @PostMapping("/{app}/deploy")
    View deploy(Page page, @PathVariable String app) {
        return toDeployment(
                page,
                app,
                deploying.deploy(),
                new DeployApp.Input(app, null, null, null),
                Function.identity());
    }

    @PostMapping("/{app}/rollback")
    View rollBack(
            Page page,
            @PathVariable String app,
            @RequestParam(required = false) @Nullable Long release,
            @RequestParam(defaultValue = "false") boolean then) {
        return toDeployment(
                page,
                app,
                deploying.rollBack(),
                new RollBackApp.Input(
                        app, release, then ? RollBackApp.Moment.THEN : RollBackApp.Moment.NOW),
                Function.identity());
    }

    @PostMapping("/{app}/start")
    View start(Page page, @PathVariable String app) {
        return control(page, app, AppAction.START);
    }

    @PostMapping("/{app}/stop")
    View stop(Page page, @PathVariable String app) {
        return control(page, app, AppAction.STOP);
    }

    @PostMapping("/{app}/restart")
    View restart(Page page, @PathVariable String app) {
        return control(page, app, AppAction.RESTART);
    }

    private View control(Page page, String app, AppAction action) {
        return attempt(
                page,
                app,
                () -> {
                    operations.run(
                            page.reader().actor(),
                            offered.control(action),
                            new ControlApp.Input(app),
                            Mode.APPLY);
                    return page.to("/apps/" + app);
                });
    }

    private <I extends Record, R> View toDeployment(
            Page page,
            String app,
            Operation<I, R> operation,
            I input,
            Function<R, Deployment> deployment) {
        return attempt(
                page,
                app,
                () -> {
                    R made =
                            operations
                                    .run(page.reader().actor(), operation, input, Mode.APPLY)
                                    .applied();
                    return page.to("/apps/" + app + "/deployments/" + deployment.apply(made).id());
                });
    }

    private interface Attempt {
        /** Where to go afterwards. */
        String run();
    }

    /** A refusal is said on the app's page, beside what still serves. */
    private View attempt(Page page, String app, Attempt attempt) {
        try {
            return views.redirect(attempt.run());
        } catch (ProblemException refused) {
            if (refused.problem().status() == 404) {
                throw refused;
            }
            return overview(page, find(page, app), refused.problem());
        }
    }

    private View overview(Page page, App app, @Nullable Problem problem) {
        return views.page(
                problem == null ? 200 : problem.status(),
                page,
                "deployment/app",
                "view",
                parts.overview(app),
                "problem",
                Optional.ofNullable(problem));
    }

    private App find(Page page, String app) {
        return targets.shown(page.reader().actor(), app);
    }
}
