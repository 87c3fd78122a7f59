package dev.escale.control.deployment;

import dev.escale.control.app.App;
import dev.escale.control.app.AppTargets;
import dev.escale.control.db.TeamId;
import dev.escale.control.deployment.DeploymentOutputs.NumberedLine;
import dev.escale.control.event.Event;
import dev.escale.control.operation.Actor;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import dev.escale.control.web.stream.Drawing;
import dev.escale.control.web.stream.LivePart;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What the page of a deployment shows, and the parts of it that follow its course. */
@Component
class DeploymentParts {
    /** Lines that a page has from the start; a link leads to those before. */
    static final int LINES = 1000;

    private static final int BATCH = 500;
    private static final int BEFORE = 50;

    private final AppTargets apps;
    private final DeploymentTargets targets;
    private final Deployments deployments;
    private final DeploymentOutputs outputs;
    private final Releases releases;
    private final Views views;
    private final Past past;

    DeploymentParts(
            AppTargets apps,
            DeploymentTargets targets,
            Deployments deployments,
            DeploymentOutputs outputs,
            Releases releases,
            Views views,
            Past past) {
        this.past = past;
        this.apps = apps;
        this.targets = targets;
        this.deployments = deployments;
        this.outputs = outputs;
        this.releases = releases;
        this.views = views;
    }

    Optional<DeploymentOverview> overview(Actor reader, DeploymentId id) {
        return targets.find(reader, id)
                .flatMap(
                        deployment ->
                                apps.find(reader, deployment.app())
                                        .map(app -> overview(app, deployment)));
    }

    List<NumberedLine> lines(TeamId team, DeploymentId id) {
        return outputs.last(team, id, LINES);
    }

    List<NumberedLine> lines(TeamId team, DeploymentId id, long from) {
        return outputs.lines(team, id, Math.max(1, from), LINES);
    }

    LivePart head() {
        return part("deployment.head", Set.of("state"), "deployment/head");
    }

    LivePart steps() {
        return part("deployment.steps", Set.of("state", "step"), "deployment/steps");
    }

    LivePart found() {
        return part("deployment.found", Set.of("state"), "deployment/found");
    }

    LivePart output() {
        return new LivePart() {
            @Override
            public String name() {
                return "deployment.output";
            }

            @Override
            public boolean follows(String subject, Event event) {
                return event.kind().equals("output")
                        && event.topic().equals("deployment:" + subject);
            }

            @Override
            public Optional<Drawing> draw(Page page, String subject, long after) {
                Optional<Deployment> deployment =
                        targets.find(page.reader().actor(), new DeploymentId(subject));
                List<NumberedLine> lines =
                        deployment.isEmpty()
                                ? List.of()
                                : outputs.lines(
                                        deployment.get().team(),
                                        deployment.get().id(),
                                        after + 1,
                                        BATCH);
                return lines.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                Drawing.append(
                                        views.part(page, "deployment/lines", "lines", lines),
                                        lines.getLast().number(),
                                        lines.size() == BATCH));
            }
        };
    }

    private LivePart part(String name, Set<String> kinds, String template) {
        return new LivePart() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public boolean follows(String subject, Event event) {
                return kinds.contains(event.kind())
                        && event.topic().equals("deployment:" + subject);
            }

            @Override
            public Optional<Drawing> draw(Page page, String subject, long after) {
                return overview(page.reader().actor(), new DeploymentId(subject))
                        .map(view -> Drawing.morph(views.part(page, template, "view", view)));
            }
        };
    }

    private DeploymentOverview overview(App app, Deployment deployment) {
        Optional<DeploymentFace> newest =
                deployments.ofApp(app.team(), app.id(), 1).stream()
                        .findFirst()
                        .map(DeploymentFace::new);
        Long own = deployment.release();
        return new DeploymentOverview(
                app,
                new AppFace(app, newest),
                new DeploymentFace(deployment),
                StepRow.of(deployment, deployments.steps(app.team(), deployment.id())),
                before(deployment).map(DeploymentOverview.Before::new),
                own == null ? Optional.empty() : releases.find(app, own).filter(Release::kept),
                own != null && past.differs(app, own));
    }

    private Optional<Long> before(Deployment deployment) {
        return deployments
                .ofApp(deployment.team(), deployment.app(), BEFORE, deployment.number())
                .stream()
                .filter(each -> each.state() == DeploymentState.LIVE && each.release() != null)
                .findFirst()
                .map(each -> each.release());
    }
}
