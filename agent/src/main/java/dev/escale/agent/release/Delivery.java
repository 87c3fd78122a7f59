package dev.escale.agent.release;

import dev.escale.agent.host.HostUser;
import dev.escale.agent.host.SystemUsers;
import dev.escale.protocol.Ending;
import dev.escale.protocol.Limits;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Order;
import dev.escale.protocol.OutputLine;
import dev.escale.protocol.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * One deployment from its order to its end. Whatever happens, its reporter hears of the end.
 *
 * <p>It has the app's turn when it begins, and from the rollout to the end, but not while it
 * builds: until then others may stop, restart or bring back what serves.
 */
final class Delivery {
    private static final System.Logger LOG = System.getLogger(Delivery.class.getName());

    private final AppDesk desk;
    private final DeploymentReporter reporter;
    private final Running running;
    private final Watch watch;
    private final Course course;
    private final Line line;
    private Queue.@Nullable Turn turn;

    /** Where it waits for the turn to change what serves. */
    interface Line {
        Queue.Turn await() throws InterruptedException;
    }

    Delivery(AppDesk desk, DeploymentReporter reporter, Running running, Watch watch, Line line) {
        this.line = line;
        this.desk = desk;
        this.reporter = reporter;
        this.running = running;
        this.watch = watch;
        this.course = new Course(reporter);
    }

    void deploy(Order.Deploy order, Builder builder) throws InterruptedException {
        var candidate = new Candidate(order.deployment(), order.release(), true, order.env());
        conclude(
                candidate,
                () -> {
                    leave();
                    FutureTask<Void> certificate = certificate();
                    try {
                        ReleasePlan plan = build(order, builder);
                        prepare(candidate, plan, order.limits());
                        await(certificate);
                        take();
                        return rollout(candidate, plan);
                    } finally {
                        certificate.cancel(true);
                    }
                },
                order.limits().keptReleases());
    }

    void serve(Order.Serve order) throws InterruptedException {
        var candidate = new Candidate(order.deployment(), order.release(), false, order.env());
        conclude(
                candidate,
                () -> {
                    ReleasePlan plan =
                            desk.releases()
                                    .find(order.release())
                                    .orElseThrow(() -> new RolloutFailed(missing(order.release())));
                    await(certificate());
                    return rollout(candidate, plan);
                },
                order.limits().keptReleases());
    }

    private interface Work {
        Verdict run() throws RolloutFailed, IOException, InterruptedException, BuildFailed;
    }

    private void conclude(Candidate candidate, Work work, int kept) throws InterruptedException {
        try {
            carryOut(candidate, work);
            tidy(kept);
        } finally {
            leave();
        }
    }

    private void carryOut(Candidate candidate, Work work) throws InterruptedException {
        Verdict verdict;
        try {
            take();
            desk.save(desk.state().with(Attempt.of(candidate, desk.state())));
            verdict = work.run();
        } catch (RolloutFailed failure) {
            verdict = failed(failure.reason(), failure.evidence());
        } catch (BuildFailed failure) {
            verdict = failed(failure.reason(), failure.evidence());
        } catch (IOException failure) {
            verdict = failed(RolloutFailed.of(failure).reason(), List.of());
        } catch (InterruptedException stopped) {
            verdict = stopped(stopped);
        } catch (RuntimeException unforeseen) {
            LOG.log(System.Logger.Level.ERROR, "a deployment came to nothing", unforeseen);
            verdict =
                    failed(
                            Note.of(Notes.AGENT_FAILURE, "reason", unforeseen.toString()),
                            List.of());
        }
        try {
            take();
            if (verdict.ending() != Ending.LIVE && candidate.built()) {
                discard(candidate.release());
            }
            desk.save(desk.state().with((@Nullable Attempt) null));
        } catch (IOException failure) {
            reporter.line("escale", "Cleaning up failed: " + failure.getMessage());
        }
        verdict.tell(reporter);
    }

    private void take() throws IOException, InterruptedException {
        if (turn == null) {
            turn = line.await();
            desk.refresh();
        }
    }

    private void leave() {
        if (turn != null) {
            turn.close();
            turn = null;
        }
    }

    private Verdict failed(Note reason, List<OutputLine> evidence) {
        return new Verdict(Ending.FAILED, desk.serving(), reason, evidence);
    }

    /** Without a reason of ours the agent itself ends; then recovery finds the attempt on disk. */
    private Verdict stopped(InterruptedException interrupt) throws InterruptedException {
        return switch (running.stopped()) {
            case NONE -> throw interrupt;
            case CANCELLED ->
                    new Verdict(
                            Ending.CANCELLED,
                            desk.serving(),
                            Note.of(Notes.DEPLOYMENT_CANCELLED),
                            List.of());
            case TIMED_OUT -> failed(running.timedOut(), List.of());
        };
    }

    private ReleasePlan build(Order.Deploy order, Builder builder)
            throws IOException, InterruptedException, BuildFailed {
        SystemUsers users = desk.host().users();
        HostUser user = users.build(order.spec().id()).orElse(null);
        desk.releases().create(order.release(), user);
        return builder.build(new BuildRequest(order, desk.folder(), user), reporter);
    }

    private void prepare(Candidate candidate, ReleasePlan plan, Limits limits)
            throws RolloutFailed, IOException, InterruptedException {
        HostUser user = desk.host().users().runtime(desk.state().spec().id()).orElse(null);
        String web = user == null ? null : desk.host().sites().setup().workersGroup().orElse(null);
        for (Path kept : new SharedPaths(desk.folder(), plan).link()) {
            desk.releases().give(kept, user);
            if (web != null && plan.kind() == ReleasePlan.Kind.STATIC) {
                SiteAccess.group(kept, web);
            }
        }
        desk.releases().complete(candidate.release(), plan, user, web);
        if (!plan.releaseCommand().isEmpty()) {
            course.step(
                    Step.RELEASE_COMMAND,
                    () -> {
                        new ReleaseCommand(
                                        desk.process(),
                                        reporter,
                                        candidate.deployment(),
                                        limits.buildMemoryMegabytes())
                                .run(plan, desk.state().a().given(), candidate.env());
                        return true;
                    });
        }
    }

    /** Runs beside the build; the step is reported only when there is something to do. */
    private FutureTask<Void> certificate() {
        var task =
                new FutureTask<Void>(
                        () -> {
                            String app = desk.state().spec().id();
                            var names = desk.names();
                            if (!desk.certificates().good(app, names)) {
                                course.step(
                                        Step.CERTIFICATE,
                                        () -> {
                                            desk.certificates().ensure(app, names, reporter);
                                            return true;
                                        });
                            }
                            return null;
                        });
        Thread.ofVirtual().name("certificate of " + desk.state().spec().id()).start(task);
        return task;
    }

    private static void await(FutureTask<Void> certificate)
            throws RolloutFailed, IOException, InterruptedException {
        try {
            certificate.get();
        } catch (ExecutionException failure) {
            switch (failure.getCause()) {
                case RolloutFailed refused -> throw refused;
                case IOException broken -> throw broken;
                case InterruptedException stop -> throw stop;
                case null, default -> throw new IllegalStateException(failure.getCause());
            }
        }
    }

    private Verdict rollout(Candidate candidate, ReleasePlan plan)
            throws RolloutFailed, IOException, InterruptedException {
        return new Rollout(desk, candidate, plan, course, running, watch).run();
    }

    private void discard(long release) throws IOException, InterruptedException {
        Long serving = desk.serving();
        if (serving == null || serving != release) {
            desk.releases().delete(release);
        }
    }

    private void tidy(int kept) throws InterruptedException {
        Long serving = desk.serving();
        try {
            if (serving != null) {
                desk.releases().keep(kept, serving);
            }
        } catch (IOException failure) {
            LOG.log(System.Logger.Level.WARNING, "old releases stay: {0}", failure.getMessage());
        }
    }

    static Note missing(long release) {
        return Note.of(Notes.RELEASE_MISSING, "release", Long.toString(release));
    }
}
