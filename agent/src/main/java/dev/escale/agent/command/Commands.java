package dev.escale.agent.command;

import dev.escale.agent.link.Inbox;
import dev.escale.agent.link.Outbox;
import dev.escale.agent.link.Pins;
import dev.escale.agent.link.Uplink;
import dev.escale.agent.release.Deployments;
import dev.escale.protocol.Command;
import dev.escale.protocol.Ending;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import dev.escale.protocol.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command loop: check, write into the journal, say {@code received}, run, report. Deployments
 * and removals run in order per app, and the next one begins when the one before has switched;
 * everything else at once. Nothing here waits for a command to end.
 */
public final class Commands implements Inbox {
    private static final System.Logger LOG = System.getLogger(Commands.class.getName());

    private static final int MOST_EARLY = 200;

    private final Journal journal;
    private final Outbox outbox;
    private final Uplink uplink;
    private final CommandCheck check;
    private final Orders orders;
    private final Deployments deployments;
    private final Recovery recovery;
    private final LogStreams streams;
    private final Departure departure;
    private final Lanes lanes = new Lanes();
    private @Nullable List<String> early = new ArrayList<>();

    /** Where the loop keeps what it must not forget. */
    public record State(Path home, Journal journal, Outbox outbox, Courses courses) {}

    /** What carries orders out. */
    public record Hands(Deployments deployments, LogStreams streams, Departure departure) {}

    public Commands(
            State state, Hands hands, Pins pins, Uplink uplink, InstantSource controlClock) {
        this.journal = state.journal();
        this.outbox = state.outbox();
        this.uplink = uplink;
        this.check = new CommandCheck(pins, journal, controlClock);
        this.deployments = hands.deployments();
        this.streams = hands.streams();
        this.orders =
                new Orders(state.home(), hands.deployments(), hands.streams(), state.courses());
        this.recovery = new Recovery(state, hands.deployments(), orders);
        this.departure = hands.departure();
    }

    /**
     * After a start: finishes what was begun, and runs what had not begun. Commands that come
     * meanwhile wait, so that the server is seen to be online while its apps are brought back.
     */
    public void recover() throws IOException {
        recovery.finishBegun();
        recovery.notBegun().forEach(this::dispatch);
        synchronized (this) {
            List<String> waiting = early;
            early = null;
            if (waiting != null) {
                waiting.forEach(this::take);
            }
        }
    }

    @Override
    public void credit(String stream, int lines) {
        streams.credit(stream, lines);
    }

    /** What is too much to wait is forgotten, and sent again by the control plane. */
    @Override
    public synchronized void command(String jws) {
        if (early == null) {
            take(jws);
        } else if (early.size() < MOST_EARLY) {
            early.add(jws);
        }
    }

    private void take(String jws) {
        switch (check.judge(jws)) {
            case Verdict.Fresh fresh -> receive(fresh);
            case Verdict.Known(JournalEntry entry) -> repeat(entry);
            case Verdict.Refused(String id, Note reason) -> {
                LOG.log(System.Logger.Level.WARNING, "command {0} refused: {1}", id, reason.code());
                outbox.append(new Report.CommandDone(id, new Outcome.Refused(reason)));
            }
            case Verdict.NotUnderstood(String id) -> {
                LOG.log(System.Logger.Level.WARNING, "command {0} is not understood", id);
                outbox.append(new Report.CommandDone(id, new Outcome.NotUnderstood()));
            }
            case Verdict.Nonsense(String why) ->
                    LOG.log(System.Logger.Level.WARNING, "dropped what is no command: {0}", why);
        }
    }

    /** What cannot be written down does not run: nobody would know of it after a restart. */
    private void receive(Verdict.Fresh fresh) {
        Command command = fresh.command();
        try {
            journal.receive(fresh.entry(), command, fresh.payload());
        } catch (IOException unwritten) {
            LOG.log(System.Logger.Level.ERROR, "cannot keep command " + command.id(), unwritten);
            var failed = new Outcome.Failed(Orders.unwritten(unwritten));
            journal.turnAway(fresh.entry(), failed);
            outbox.append(new Report.CommandDone(command.id(), failed));
            return;
        }
        uplink.answer(new FromAgent.Received(command.id()));
        LOG.log(
                System.Logger.Level.INFO,
                "command {0}: {1} for {2}",
                command.id(),
                command.order().getClass().getSimpleName(),
                command.actor());
        dispatch(command);
    }

    private void repeat(JournalEntry entry) {
        uplink.answer(new FromAgent.Received(entry.id()));
        Outcome answer = entry.answer();
        if (answer != null) {
            outbox.append(new Report.CommandDone(entry.id(), answer));
        }
    }

    private void dispatch(Command command) {
        switch (command.order()) {
            case Order.Deploy deploy -> inLane(command, deploy.spec().id(), deploy.deployment());
            case Order.Serve serve -> {
                deployments.hurry(serve.spec().id());
                inLane(command, serve.spec().id(), serve.deployment());
            }
            case Order.RemoveApp remove -> {
                deployments.giveUp(remove.app());
                inLane(command, remove.app());
            }
            case Order.Cancel cancel -> atOnce(command, () -> cancelWaiting(cancel.deployment()));
            case Order.InstallCertificate _,
                    Order.RefuseCertificate _,
                    Order.ControlApp _,
                    Order.Survey _,
                    Order.OpenLog _,
                    Order.SearchLog _,
                    Order.CloseLog _,
                    Order.Leave _ ->
                    atOnce(command, () -> {});
        }
    }

    private void inLane(Command command, String app) {
        if (!lanes.add(app, new Lanes.Work(null, _ -> run(command, () -> {}), () -> {}))) {
            done(command.id(), new Outcome.Failed(Note.of(Notes.AGENT_BUSY)));
        }
    }

    /**
     * Expected before it is in its lane: a cancel that comes later finds it, whether it still waits
     * in line, has just been taken out, or runs.
     */
    private void inLane(Command command, String app, String deployment) {
        deployments.expect(deployment, app);
        Lanes.Task run =
                next -> {
                    try {
                        run(command, next);
                    } finally {
                        deployments.forget(deployment);
                    }
                };
        Runnable cancelled =
                () -> {
                    Note why = Note.of(Notes.DEPLOYMENT_CANCELLED_WAITING);
                    abandon(deployment, app, Ending.CANCELLED, why);
                    done(command.id(), new Outcome.Done());
                };
        if (!lanes.add(app, new Lanes.Work(deployment, run, cancelled))) {
            Note busy = Note.of(Notes.AGENT_BUSY);
            abandon(deployment, app, Ending.FAILED, busy);
            done(command.id(), new Outcome.Failed(busy));
        }
    }

    private void abandon(String deployment, String app, Ending ending, Note reason) {
        deployments.forget(deployment);
        orders.abandon(deployment, app, ending, reason);
    }

    private void cancelWaiting(String deployment) {
        lanes.remove(deployment).ifPresent(work -> work.cancelled().run());
    }

    private void atOnce(Command command, Runnable first) {
        Thread.ofVirtual()
                .name(command.id())
                .start(
                        () -> {
                            first.run();
                            run(command, () -> {});
                        });
    }

    /**
     * @param atSwitch is run when a deployment has switched: the next one need not wait any longer
     */
    private void run(Command command, Runnable atSwitch) {
        Outcome outcome;
        try {
            journal.start(command.id());
            outcome = orders.carryOut(command.order(), atSwitch);
        } catch (RuntimeException | Error failure) {
            outcome = new Outcome.Failed(Orders.unforeseen(failure));
        }
        done(command.id(), outcome);
        if (command.order() instanceof Order.Leave && outcome instanceof Outcome.Done) {
            departure.depart();
        }
    }

    /**
     * The outbox first: when the agent dies in between, {@link Recovery} finds the answer there and
     * gives no second one.
     */
    private void done(String id, Outcome outcome) {
        outbox.append(new Report.CommandDone(id, outcome));
        journal.done(id, outcome);
        LOG.log(
                System.Logger.Level.INFO,
                "command {0}: {1}",
                id,
                outcome.getClass().getSimpleName());
    }
}
