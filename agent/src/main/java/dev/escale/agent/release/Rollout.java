package dev.escale.agent.release;

import dev.escale.agent.host.Sockets;
import dev.escale.agent.nginx.Endpoint;
import dev.escale.agent.pm2.Pm2Process;
import dev.escale.protocol.Ending;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes a release that is on disk the one that serves, beside the one that serves now.
 *
 * <pre>
 * old serves ── start new ── healthy ── switch ── watch 10 s ── drain old ── new serves
 *                  │            │          │          └─ died, unhealthy: take back ─┐
 *                  └────────────┴──────────┴─ abandon ────────────────────────────── old serves
 * </pre>
 */
final class Rollout {
    private static final System.Logger LOG = System.getLogger(Rollout.class.getName());

    private final AppDesk desk;
    private final Candidate candidate;
    private final ReleasePlan plan;
    private final Course course;
    private final Running running;
    private final Watch watch;
    private final Traffic traffic;
    private final HealthCheck health;
    private final long beganMillis = System.currentTimeMillis();
    private final @Nullable Instance old;
    private final AppState before;
    private Instance next;
    private @Nullable Pm2Process process;
    private boolean oldStopped;

    Rollout(
            AppDesk desk,
            Candidate candidate,
            ReleasePlan plan,
            Course course,
            Running running,
            Watch watch)
            throws RolloutFailed {
        this.desk = desk;
        this.candidate = candidate;
        this.plan = plan;
        this.course = course;
        this.running = running;
        this.watch = watch;
        this.traffic = new Traffic(desk);
        this.health = new HealthCheck(plan, desk.names().getFirst().text(), desk.host().pm2());
        this.before = desk.state();
        this.old = before.serving();
        this.next = new Instance(candidate.release(), place());
    }

    Verdict run() throws RolloutFailed, IOException, InterruptedException {
        try {
            if (next.hasProcess()) {
                course.step(Step.START, this::startNew);
                course.step(Step.HEALTH, this::awaitHealthy);
            }
            running.commit();
            course.step(Step.SWITCH, this::switchTraffic);
        } catch (RolloutFailed | IOException | InterruptedException | RuntimeException failure) {
            abandon();
            throw failure;
        }
        if (process != null) {
            try {
                course.step(Step.WATCH, this::watch);
            } catch (RolloutFailed bad) {
                course.step(Step.TAKE_BACK, this::takeBack);
                return new Verdict(Ending.ROLLED_BACK, bad.reason(), bad.evidence());
            }
        }
        tidy();
        return Verdict.live();
    }

    private Instance.Place place() {
        if (plan.kind() == ReleasePlan.Kind.STATIC) {
            return Instance.Place.FILES;
        }
        return old == null || !old.hasProcess() ? Instance.Place.A : old.place().other();
    }

    private boolean startNew() throws RolloutFailed, IOException, InterruptedException {
        Slot slot = desk.freshSlot(next.place());
        int port = plan.fixedPort() == null ? slot.given() : plan.fixedPort();
        desk.save(
                desk.state()
                        .with(next.place(), slot.listeningAt(new Endpoint("127.0.0.1", port)))
                        .with(Attempt.of(candidate, before).starting(next)));
        makeRoomForFixedPort();
        process = desk.process().start(plan, candidate.release(), slot.given(), candidate.env());
        return true;
    }

    /** Two processes cannot listen on one fixed port: the old release stops first. */
    private void makeRoomForFixedPort() throws RolloutFailed, IOException, InterruptedException {
        Integer fixed = fixedPort();
        if (fixed == null) {
            return;
        }
        if (old != null && old.hasProcess() && before.slot(old.place()).port() == fixed) {
            course.note(
                    Step.START, Note.of(Notes.SWITCH_STOP_START, "port", Integer.toString(fixed)));
            oldStopped = true;
            desk.process().end(before.slot(old.place()).given());
        }
        if (PortRange.listening().contains(fixed)) {
            throw new RolloutFailed(
                    Note.of(
                            Notes.APP_PORT_TAKEN,
                            "port",
                            Integer.toString(fixed),
                            "program",
                            Sockets.holder(fixed).orElse("?")));
        }
    }

    /** Told by the settings, or seen at the release before. */
    private @Nullable Integer fixedPort() {
        if (plan.fixedPort() != null) {
            return plan.fixedPort();
        }
        if (old == null || !old.hasProcess()) {
            return null;
        }
        Slot slot = before.slot(old.place());
        return slot.ignoresPort() ? slot.port() : null;
    }

    private boolean awaitHealthy() throws RolloutFailed, IOException, InterruptedException {
        Slot slot = desk.state().slot(next.place());
        Integer fixed = plan.fixedPort();
        HealthResult result =
                health.await(Objects.requireNonNull(process), fixed == null ? slot.given() : fixed);
        if (!(result instanceof HealthResult.Healthy(var endpoint))) {
            throw new RolloutFailed(result.note(), evidence());
        }
        if (endpoint.port() != slot.given()) {
            course.note(
                    Step.HEALTH,
                    Note.of(
                            Notes.PORT_IGNORED,
                            "port",
                            Integer.toString(endpoint.port()),
                            "wanted",
                            Integer.toString(slot.given())));
        }
        desk.save(desk.state().with(next.place(), slot.listeningAt(endpoint)));
        return true;
    }

    private boolean switchTraffic() throws RolloutFailed, IOException, InterruptedException {
        desk.save(desk.state().with(Attempt.of(candidate, before).switching(next)));
        if (old != null && old.hasProcess() && plan.documentRoot() != null) {
            desk.link().lend(plan.documentRoot());
        }
        desk.writeSite(plan);
        boolean backed = old != null && old.hasProcess() && !oldStopped;
        traffic.point(backed ? next.backed() : next.alone(), plan, formerFiles());
        traffic.awaitAnswerOf(candidate.release(), plan, health);
        desk.save(desk.state().with(desk.spec()).serving(next, candidate.env()));
        desk.host().pm2().save();
        course.switched(
                candidate.release(),
                next.hasProcess() ? desk.state().slot(next.place()).port() : null);
        return true;
    }

    private @Nullable Path formerFiles() throws IOException {
        return old == null || old.hasProcess()
                ? null
                : desk.releases().find(old.release()).map(ReleasePlan::documentRoot).orElse(null);
    }

    private boolean watch() throws RolloutFailed, IOException, InterruptedException {
        var wrong =
                watch.over(
                        Objects.requireNonNull(process),
                        desk.state().slot(next.place()).endpoint(),
                        health);
        if (wrong.isPresent()) {
            throw new RolloutFailed(wrong.get(), evidence());
        }
        return true;
    }

    /**
     * Requests go back before anything else is done, so that neither a full disk nor a daemon that
     * is away can stop that; but a fixed port must be given up before the old release can have it.
     */
    private boolean takeBack() throws RolloutFailed, IOException, InterruptedException {
        desk.become(before.spec());
        if (oldStopped) {
            endNew();
        }
        new WayBack(desk, traffic).to(old, before.env(), oldStopped);
        endNew();
        desk.host().pm2().save();
        return true;
    }

    private void endNew() throws IOException, InterruptedException {
        if (next.hasProcess()) {
            desk.process().end(desk.state().slot(next.place()).given());
        }
    }

    /** Before the switch, or when the switch did not take: all is as it was. */
    private void abandon() throws RolloutFailed, IOException, InterruptedException {
        boolean interrupted = Thread.interrupted();
        if (running.stopped() == Running.Stop.NONE && interrupted) {
            Thread.currentThread().interrupt();
            return; // the agent itself ends: recovery will find the attempt
        }
        Attempt attempt = desk.state().attempt();
        if (oldStopped || attempt != null && attempt.switching()) {
            course.step(Step.TAKE_BACK, this::takeBack);
        } else {
            endNew();
        }
    }

    /**
     * It serves, whatever becomes of the old one: a process that stays ends with the next start.
     */
    private void tidy() throws InterruptedException {
        try {
            finish();
        } catch (RolloutFailed | IOException | RuntimeException untidy) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "release " + candidate.release() + " serves, and the one before stays",
                    untidy);
        }
    }

    private void finish() throws IOException, RolloutFailed, InterruptedException {
        boolean draining = old != null && old.hasProcess() && !oldStopped;
        if (draining) {
            course.step(Step.DRAIN, this::drainOld);
        }
        desk.host().pm2().save();
    }

    private boolean drainOld() throws IOException, InterruptedException {
        Slot slot = before.slot(Objects.requireNonNull(old).place());
        traffic.point(next.alone(), plan);
        new Drain(slot.port(), watch.hurry())
                .await()
                .ifPresent(note -> course.note(Step.DRAIN, note));
        desk.process().end(slot.given());
        return true;
    }

    private java.util.List<dev.escale.protocol.OutputLine> evidence() {
        return desk.process().evidence(candidate.release(), candidate.env(), beganMillis).lines();
    }
}
