package dev.escale.agent.release;

import dev.escale.protocol.Ending;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Order;
import dev.escale.protocol.Step;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One deployment from its order to its end. Whatever happens, its reporter hears of the end.
 *
 * <p>It has the turn to change what serves from the rollout to the end, but not while it builds:
 * until then others may stop, restart or bring back what serves, and the deployment before may
 * still be watched.
 */
final class Delivery {
    private static final System.Logger LOG = System.getLogger(Delivery.class.getName());

    private final AppDesk desk;
    private final Course course;
    private final Running running;
    private final Watch watch;
    private final Queue.Place place;
    private Queue.@Nullable Turn turn;

    Delivery(AppDesk desk, Course course, Running running, Watch watch, Queue.Place place) {
        this.desk = desk;
        this.course = course;
        this.running = running;
        this.watch = watch;
        this.place = place;
    }

    void deploy(Order.Deploy order, Builder builder) throws InterruptedException {
        var candidate = new Candidate(order.deployment(), order.release(), true, order.env());
        conclude(
                candidate,
                () -> {
                    desk.building()
                            .write(new Building(order.deployment(), order.release(), order.env()));
                    try (var certificate = WantedCertificate.of(desk, course)) {
                        var maker = new ReleaseMaker(desk, course.reporter());
                        ReleasePlan plan = maker.build(order, builder);
                        if (plan.touchesWhatServes()) {
                            take(
                                    plan.releaseCommand().isEmpty()
                                            ? first(plan)
                                            : Step.RELEASE_COMMAND);
                            leave();
                        }
                        maker.complete(order.release(), plan);
                        if (!plan.releaseCommand().isEmpty()) {
                            command(candidate, plan, order.limits().buildMemoryMegabytes());
                        }
                        certificate.await();
                        begin(candidate, first(plan));
                        return rollout(candidate, plan);
                    }
                },
                order.limits().keptReleases());
    }

    void serve(Order.Serve order) throws InterruptedException {
        var candidate = new Candidate(order.deployment(), order.release(), false, order.env());
        conclude(
                candidate,
                () -> {
                    begin(candidate, null);
                    ReleasePlan plan =
                            desk.releases()
                                    .find(order.release())
                                    .orElseThrow(() -> new RolloutFailed(missing(order.release())));
                    try (var certificate = WantedCertificate.of(desk, course)) {
                        certificate.await();
                    }
                    return rollout(candidate, plan);
                },
                order.limits().keptReleases());
    }

    private interface Work {
        Verdict run() throws RolloutFailed, IOException, InterruptedException, BuildFailed;
    }

    private void conclude(Candidate candidate, Work work, int kept) throws InterruptedException {
        try {
            Verdict verdict = carryOut(work);
            cleanUp(candidate, verdict);
            tell(verdict);
            if (turn != null) {
                tidy(kept);
            }
        } finally {
            leave();
        }
    }

    private Verdict carryOut(Work work) throws InterruptedException {
        try {
            return work.run();
        } catch (RolloutFailed failure) {
            return new Verdict(Ending.FAILED, failure.reason(), failure.evidence());
        } catch (BuildFailed failure) {
            return new Verdict(Ending.FAILED, failure.reason(), failure.evidence());
        } catch (IOException failure) {
            return Verdict.failed(RolloutFailed.of(failure).reason());
        } catch (InterruptedException stopped) {
            return stopped(stopped);
        } catch (RuntimeException unforeseen) {
            LOG.log(System.Logger.Level.ERROR, "a deployment came to nothing", unforeseen);
            return Verdict.failed(Note.of(Notes.AGENT_FAILURE, "reason", unforeseen.toString()));
        }
    }

    /** Without a reason of ours the agent itself ends; then recovery finds us on disk. */
    private Verdict stopped(InterruptedException interrupt) throws InterruptedException {
        return switch (running.stopped()) {
            case NONE -> throw interrupt;
            case CANCELLED -> Verdict.cancelled();
            case TIMED_OUT -> Verdict.failed(running.timedOut());
        };
    }

    private void command(Candidate candidate, ReleasePlan plan, int megabytes)
            throws RolloutFailed, IOException, InterruptedException {
        course.step(
                Step.RELEASE_COMMAND,
                () -> {
                    new ReleaseCommand(
                                    desk.process(),
                                    course.reporter(),
                                    candidate.deployment(),
                                    megabytes)
                            .run(plan, desk.state().a().given(), candidate.env());
                    return true;
                });
    }

    private void begin(Candidate candidate, @Nullable Step next)
            throws IOException, InterruptedException {
        take(next);
        desk.save(desk.state().with(Attempt.of(candidate, desk.state())));
        desk.building().forget(candidate.deployment());
    }

    private static Step first(ReleasePlan plan) {
        return plan.kind() == ReleasePlan.Kind.STATIC ? Step.SWITCH : Step.START;
    }

    /**
     * @param next that is said to wait; null when nothing needs to be said
     */
    private void take(@Nullable Step next) throws IOException, InterruptedException {
        Runnable waits =
                () -> {
                    if (next != null) {
                        course.note(next, Note.of(Notes.WAITS_FOR_WATCH));
                    }
                };
        turn = place.awaitChange(waits);
        desk.refresh();
    }

    private void leave() {
        if (turn != null) {
            turn.close();
            turn = null;
        }
    }

    private Verdict rollout(Candidate candidate, ReleasePlan plan)
            throws RolloutFailed, IOException, InterruptedException {
        return new Rollout(desk, candidate, plan, course, running, watch).run();
    }

    private void cleanUp(Candidate candidate, Verdict verdict) throws InterruptedException {
        try {
            if (verdict.ending() != Ending.LIVE && candidate.built()) {
                discard(candidate.release());
            }
            if (turn != null) {
                desk.save(desk.state().with((@Nullable Attempt) null));
            }
            desk.building().forget(candidate.deployment());
        } catch (IOException failure) {
            course.reporter().line("escale", "Cleaning up failed: " + failure.getMessage());
        }
    }

    private void discard(long release) throws IOException, InterruptedException {
        Long serving = desk.serving();
        if (serving == null || serving != release) {
            desk.releases().delete(release);
        }
    }

    private void tell(Verdict verdict) {
        try (var _ = place.word()) {
            if (turn == null) {
                desk.refresh();
            }
            verdict.tell(course.reporter(), desk.serving());
        } catch (IOException unreadable) {
            LOG.log(System.Logger.Level.ERROR, "cannot tell what serves", unreadable);
            verdict.tell(course.reporter(), desk.serving());
        }
    }

    private void tidy(int kept) throws InterruptedException {
        Long serving = desk.serving();
        if (serving == null) {
            return;
        }
        try {
            var inUse = new HashSet<>(Set.of(serving));
            desk.building().read().map(Building::release).ifPresent(inUse::add);
            desk.releases().keep(kept, inUse);
        } catch (IOException failure) {
            LOG.log(System.Logger.Level.WARNING, "old releases stay: {0}", failure.getMessage());
        }
    }

    static Note missing(long release) {
        return Note.of(Notes.RELEASE_MISSING, "release", Long.toString(release));
    }
}
