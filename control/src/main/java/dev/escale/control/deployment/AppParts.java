package dev.escale.control.deployment;

import dev.escale.control.app.App;
import dev.escale.control.app.AppId;
import dev.escale.control.app.AppTargets;
import dev.escale.control.db.TeamId;
import dev.escale.control.domain.AppCertificates;
import dev.escale.control.event.Event;
import dev.escale.control.server.Server;
import dev.escale.control.server.ServerMetrics;
import dev.escale.control.server.Servers;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import dev.escale.control.web.stream.Drawing;
import dev.escale.control.web.stream.LivePart;
import dev.escale.protocol.Metrics.AppMetrics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What pages of apps show, and the parts of them that follow what happens. */
@Component
class AppParts {
    private static final int RECENT = 10;

    private final AppTargets apps;
    private final Servers servers;
    private final ServerMetrics metrics;
    private final Deployments deployments;
    private final Releases releases;
    private final PushedCommits pushed;
    private final AppCertificates certificates;
    private final Views views;

    AppParts(
            AppTargets apps,
            Servers servers,
            ServerMetrics metrics,
            Deployments deployments,
            Releases releases,
            PushedCommits pushed,
            AppCertificates certificates,
            Views views) {
        this.apps = apps;
        this.servers = servers;
        this.metrics = metrics;
        this.deployments = deployments;
        this.releases = releases;
        this.pushed = pushed;
        this.certificates = certificates;
        this.views = views;
    }

    List<AppRow> rows(Page page) {
        TeamId team = page.reader().team().id();
        Map<AppId, Deployment> newest = deployments.newestOfEach(team);
        Map<AppId, Deployment> current = deployments.currentOfEach(team);
        Map<String, Server> byId =
                servers.list(team).stream()
                        .collect(Collectors.toMap(each -> each.id().value(), Function.identity()));
        return apps.all(page.reader().actor()).stream()
                .map(
                        app ->
                                new AppRow(
                                        new AppFace(
                                                app,
                                                Optional.ofNullable(newest.get(app.id()))
                                                        .map(DeploymentFace::new)),
                                        Optional.ofNullable(current.get(app.id()))
                                                .map(DeploymentFace::new),
                                        Optional.ofNullable(byId.get(app.server().value())),
                                        measured(app)))
                .toList();
    }

    AppOverview overview(App app) {
        List<DeploymentFace> recent =
                deployments.ofApp(app.team(), app.id(), RECENT).stream()
                        .map(DeploymentFace::new)
                        .toList();
        return new AppOverview(
                new AppFace(app, recent.stream().findFirst()),
                servers.find(app.team(), app.server()),
                deployments.current(app.team(), app.id()).map(DeploymentFace::new),
                deployments.builder(app).map(DeploymentFace::new),
                recent,
                releases.previous(app),
                (int) releases.of(app).stream().filter(Release::kept).count(),
                measured(app),
                app.serving().release() == null ? Optional.empty() : certificates.of(app),
                pushed.pushUrl(app));
    }

    LivePart list() {
        return new Part(
                "app.list",
                (subject, event) -> event.topic().equals("apps") || event.topic().equals("servers"),
                (page, subject) ->
                        Optional.of(views.part(page, "deployment/approws", "rows", rows(page))));
    }

    LivePart head() {
        return ofApp("app.head", "deployment/apphead");
    }

    LivePart facts() {
        return new Part(
                "app.facts",
                (subject, event) ->
                        event.topic().equals("app:" + idOf(subject))
                                || (event.kind().equals("metrics")
                                        && subject.endsWith("@" + serverOf(event))),
                (page, subject) -> draw(page, idOf(subject), "deployment/appfacts"));
    }

    LivePart recent() {
        return ofApp("app.deployments", "deployment/apprecent");
    }

    LivePart found() {
        return ofApp("app.found", "deployment/appfound");
    }

    private LivePart ofApp(String name, String template) {
        return new Part(
                name,
                (subject, event) -> event.topic().equals("app:" + subject),
                (page, subject) -> draw(page, subject, template));
    }

    private Optional<String> draw(Page page, String id, String template) {
        return apps.find(page.reader().actor(), new AppId(id))
                .map(app -> views.part(page, template, "view", overview(app)));
    }

    private Optional<AppMetrics> measured(App app) {
        return metrics.latest(app.server()).stream()
                .flatMap(latest -> latest.apps().stream())
                .filter(each -> each.app().equals(app.id().value()))
                .findFirst();
    }

    private static String idOf(String subject) {
        int at = subject.indexOf('@');
        return at < 0 ? subject : subject.substring(0, at);
    }

    private static String serverOf(Event event) {
        return event.topic().replace("server:", "");
    }

    /** A part that morphs. */
    private record Part(String name, BiPredicate<String, Event> follows, Drawn drawn)
            implements LivePart {
        private interface Drawn {
            Optional<String> draw(Page page, String subject);
        }

        @Override
        public boolean follows(String subject, Event event) {
            return follows.test(subject, event);
        }

        @Override
        public Optional<Drawing> draw(Page page, String subject, long after) {
            return drawn.draw(page, subject).map(Drawing::morph);
        }
    }
}
