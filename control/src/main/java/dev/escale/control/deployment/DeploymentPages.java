package dev.escale.control.deployment;

import dev.escale.control.app.App;
import dev.escale.control.app.AppBadges;
import dev.escale.control.app.AppTargets;
import dev.escale.control.db.TeamId;
import dev.escale.control.deployment.DeploymentOutputs.NumberedLine;
import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.Problem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Deployments of an app, and the page of one. */
@Controller
@RequestMapping("/{team}/apps/{app}/deployments")
class DeploymentPages {
    private final AppTargets targets;
    private final DeploymentListing listing;
    private final DeploymentParts parts;
    private final Operations operations;
    private final Offered offered;
    private final AppBadges badges;
    private final Views views;

    private record Offered(DeployApp deploy, CancelDeployment cancel) {}

    DeploymentPages(
            AppTargets targets,
            DeploymentListing listing,
            DeploymentParts parts,
            Operations operations,
            DeployApp deploy,
            CancelDeployment cancel,
            AppBadges badges,
            Views views) {
        this.targets = targets;
        this.listing = listing;
        this.badges = badges;
        this.parts = parts;
        this.operations = operations;
        this.offered = new Offered(deploy, cancel);
        this.views = views;
    }

    @GetMapping
    View list(
            Page page,
            @PathVariable String app,
            @RequestParam(required = false) @Nullable Long before) {
        App found = targets.shown(page.reader().actor(), app);
        return views.page(
                page,
                "deployment/list",
                "list",
                before == null ? listing.first(found) : listing.before(found, before),
                "badge",
                badges.of(page, found));
    }

    /**
     * @param from number of the first line of output to show; without it, the newest
     */
    @GetMapping("/{id}")
    View deployment(
            Page page,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Long from) {
        return deployment(page, new DeploymentId(id), from, null);
    }

    @PostMapping("/{id}/cancel")
    View cancel(Page page, @PathVariable String app, @PathVariable String id) {
        try {
            operations.run(
                    page.reader().actor(),
                    offered.cancel(),
                    new CancelDeployment.Input(id),
                    Mode.APPLY);
        } catch (ProblemException refused) {
            return refused(page, id, refused);
        }
        return views.redirect(page.to("/apps/" + app + "/deployments/" + id));
    }

    /** Builds the same commit once more. */
    @PostMapping("/{id}/again")
    View again(Page page, @PathVariable String app, @PathVariable String id) {
        Revision revision = find(page, new DeploymentId(id)).face().deployment().revision();
        try {
            Deployment made =
                    operations
                            .run(
                                    page.reader().actor(),
                                    offered.deploy(),
                                    new DeployApp.Input(
                                            app, revision.ref(), revision.commit(), true),
                                    Mode.APPLY)
                            .applied();
            return views.redirect(page.to("/apps/" + app + "/deployments/" + made.id()));
        } catch (ProblemException refused) {
            return refused(page, id, refused);
        }
    }

    private View refused(Page page, String id, ProblemException refused) {
        if (refused.problem().status() == 404) {
            throw refused;
        }
        return deployment(page, new DeploymentId(id), null, refused.problem());
    }

    private View deployment(
            Page page, DeploymentId id, @Nullable Long from, @Nullable Problem problem) {
        DeploymentOverview view = find(page, id);
        List<NumberedLine> lines =
                from == null ? parts.lines(team(page), id) : parts.lines(team(page), id, from);
        return views.page(
                problem == null ? 200 : problem.status(),
                page,
                "deployment/deployment",
                "view",
                view,
                "lines",
                lines,
                "problem",
                Optional.ofNullable(problem));
    }

    private DeploymentOverview find(Page page, DeploymentId id) {
        return parts.overview(page.reader().actor(), id)
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        404, "deployment.unknown", "deployment", id.value()));
    }

    private static TeamId team(Page page) {
        return page.reader().team().id();
    }
}
