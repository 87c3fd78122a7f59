package dev.escale.control.deployment;

import dev.escale.control.app.App;
import dev.escale.control.app.AppBadges;
import dev.escale.control.app.AppId;
import dev.escale.control.app.AppTargets;
import dev.escale.control.event.Event;
import dev.escale.control.web.Badge;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import dev.escale.control.web.stream.Drawing;
import dev.escale.control.web.stream.LivePart;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The badge of an app in the bar over its pages. */
@Component
class LiveBadge implements AppBadges, LivePart {
    private final AppTargets apps;
    private final Deployments deployments;
    private final Views views;

    LiveBadge(AppTargets apps, Deployments deployments, Views views) {
        this.apps = apps;
        this.deployments = deployments;
        this.views = views;
    }

    @Override
    public Badge of(Page page, App app) {
        Optional<DeploymentFace> newest =
                deployments.ofApp(app.team(), app.id(), 1).stream()
                        .findFirst()
                        .map(DeploymentFace::new);
        AppFace face = new AppFace(app, newest);
        return new Badge(face.state(), face.word(page));
    }

    @Override
    public String name() {
        return "app.badge";
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
                                        views.part(
                                                page,
                                                "app/badge",
                                                "app",
                                                app,
                                                "badge",
                                                of(page, app))));
    }
}
