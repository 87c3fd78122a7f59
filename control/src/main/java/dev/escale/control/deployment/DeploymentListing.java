package dev.escale.control.deployment;

import dev.escale.control.app.App;
import dev.escale.control.app.AppId;
import dev.escale.control.app.AppTargets;
import dev.escale.control.event.Event;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import dev.escale.control.web.stream.Drawing;
import dev.escale.control.web.stream.LivePart;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The list of an app's deployments; its first page follows what happens. */
@Component
class DeploymentListing implements LivePart {
    private static final int PER_PAGE = 50;

    private final AppTargets apps;
    private final Deployments deployments;
    private final Views views;

    DeploymentListing(AppTargets apps, Deployments deployments, Views views) {
        this.apps = apps;
        this.deployments = deployments;
        this.views = views;
    }

    /** Newest first. */
    DeploymentList first(App app) {
        return list(app, Long.MAX_VALUE, true);
    }

    DeploymentList before(App app, long number) {
        return list(app, number, false);
    }

    @Override
    public String name() {
        return "deployment.list";
    }

    @Override
    public boolean follows(String subject, Event event) {
        return event.topic().equals("app:" + subject);
    }

    @Override
    public Optional<Drawing> draw(Page page, String subject, long after) {
        return apps.find(page.reader().actor(), new AppId(subject))
                .map(
                        app ->
                                Drawing.morph(
                                        views.part(page, "deployment/listed", "list", first(app))));
    }

    private DeploymentList list(App app, long before, boolean newest) {
        List<DeploymentFace> found =
                deployments.ofApp(app.team(), app.id(), PER_PAGE + 1, before).stream()
                        .map(DeploymentFace::new)
                        .toList();
        return new DeploymentList(
                app, found.stream().limit(PER_PAGE).toList(), found.size() > PER_PAGE, newest);
    }
}
