package dev.escale.agent.release;

import dev.escale.agent.host.ControlGroups;
import dev.escale.protocol.Ending;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deployments in which the agent died: brought to their end by who has the app's turn. */
record Unfinished(AppDesk desk, Queue queue) {
    private static final System.Logger LOG = System.getLogger(Unfinished.class.getName());

    /** One that had switched goes on if its release is well; any other is taken back. */
    void conclude(Attempt attempt, DeploymentReporter reporter)
            throws IOException, RolloutFailed, InterruptedException {
        Instance next = attempt.next();
        if (next != null && next.equals(desk.state().serving())) {
            if (well(attempt, next)) {
                finish();
                tell(Verdict.live(), reporter);
                return;
            }
            takeBack(attempt);
            tell(restarted(Ending.ROLLED_BACK), reporter);
            ensureServingIsWell();
            return;
        }
        if (attempt.switching()) {
            takeBack(attempt);
        }
        discard(attempt);
        desk.save(desk.state().with((@Nullable Attempt) null));
        tell(restarted(Ending.FAILED), reporter);
    }

    void discard(Building building, DeploymentReporter reporter)
            throws IOException, InterruptedException {
        discard(building.deployment(), building.release());
        desk.building().forget(building.deployment());
        tell(restarted(Ending.FAILED), reporter);
    }

    private static Verdict restarted(Ending ending) {
        return new Verdict(ending, Note.of(Notes.AGENT_RESTARTED), List.of());
    }

    private void tell(Verdict verdict, DeploymentReporter reporter) {
        try (var _ = queue.word(desk.spec().id())) {
            verdict.tell(reporter, desk.serving());
        }
    }

    /** With as much patience as a deployment has: after a reboot, it may be starting still. */
    private boolean well(Attempt attempt, Instance next) throws IOException, InterruptedException {
        ReleasePlan plan = desk.releases().find(next.release()).orElse(null);
        if (plan == null) {
            return false;
        }
        if (!next.hasProcess()) {
            return true;
        }
        try {
            new WayBack(desk, new Traffic(desk)).ensureWell(next, plan, attempt.env());
            return true;
        } catch (RolloutFailed bad) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "release {0} of {1} is not well: {2}",
                    next.release(),
                    desk.state().spec().id(),
                    bad.getMessage());
            return false;
        }
    }

    /** What was taken back may have come up as badly, after a reboot: then it is started anew. */
    private void ensureServingIsWell() throws IOException, RolloutFailed, InterruptedException {
        Instance serving = desk.state().serving();
        ReleasePlan plan =
                serving == null ? null : desk.releases().find(serving.release()).orElse(null);
        if (serving == null || plan == null || !desk.state().runs()) {
            return;
        }
        var wayBack = new WayBack(desk, new Traffic(desk));
        try {
            wayBack.ensureWell(serving, plan, desk.state().env());
        } catch (RolloutFailed bad) {
            wayBack.start(serving, plan, desk.state().env());
            new Traffic(desk).point(serving.alone(), plan);
        }
    }

    private void finish() throws IOException, InterruptedException {
        Instance serving = desk.state().serving();
        ReleasePlan plan =
                serving == null ? null : desk.releases().find(serving.release()).orElse(null);
        if (serving != null && plan != null) {
            new Traffic(desk).point(serving.alone(), plan);
        }
        desk.save(desk.state().with((@Nullable Attempt) null));
    }

    private void takeBack(Attempt attempt) throws IOException, RolloutFailed, InterruptedException {
        desk.become(attempt.oldSpec());
        new WayBack(desk, new Traffic(desk)).to(attempt.old(), attempt.oldEnv(), false);
        discard(attempt);
        desk.save(desk.state().with((@Nullable Attempt) null));
    }

    private void discard(Attempt attempt) throws IOException, InterruptedException {
        if (attempt.built()) {
            discard(attempt.deployment(), attempt.release());
        }
        desk.building().forget(attempt.deployment());
    }

    private void discard(String deployment, long release) throws IOException, InterruptedException {
        Long serving = desk.serving();
        if (serving == null || serving != release) {
            var users = desk.host().users();
            users.of(desk.spec().id()).stream()
                    .filter(user -> user.name().startsWith("esb-"))
                    .forEach(users::killAll);
            var groups = new ControlGroups();
            groups.remove("build-" + deployment);
            groups.remove("release-" + deployment);
            desk.releases().delete(release);
        }
    }
}
