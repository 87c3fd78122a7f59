package dev.escale.agent.command;

import dev.escale.agent.release.Deployments;
import dev.escale.protocol.Command;
import dev.escale.protocol.Ending;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Outcome;
import dev.escale.protocol.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * After a start: what becomes of commands that the last run of the agent left unfinished. Nothing
 * runs twice. Deployments are finished or taken back by {@link Deployments#recover}; any other
 * order that had begun is answered {@code agent.restarted}; what had not begun runs now.
 */
final class Recovery {
    private static final System.Logger LOG = System.getLogger(Recovery.class.getName());

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Commands.State state;
    private final Deployments deployments;
    private final Orders orders;

    Recovery(Commands.State state, Deployments deployments, Orders orders) {
        this.state = state;
        this.deployments = deployments;
        this.orders = orders;
    }

    void finishBegun() throws IOException {
        state.outbox().replay(this::learn);
        deployments.recover(state.courses());
        for (JournalEntry entry : state.journal().unfinished()) {
            if (entry.state() == JournalEntry.State.STARTED) {
                answer(entry);
            }
        }
    }

    /** The orders to run now, in the order in which they came. */
    List<Command> notBegun() {
        var commands = new ArrayList<Command>();
        for (JournalEntry entry : state.journal().unfinished()) {
            Optional<Command> command = state.journal().waiting(entry.id());
            command.ifPresentOrElse(commands::add, () -> answer(entry));
        }
        return commands;
    }

    private void learn(Report report) {
        state.courses().learn(report);
        if (report instanceof Report.CommandDone done && unfinished(done.command())) {
            state.journal().done(done.command(), done.outcome());
        }
    }

    private boolean unfinished(String command) {
        return state.journal()
                .find(command)
                .filter(entry -> entry.state() != JournalEntry.State.DONE)
                .isPresent();
    }

    /** An app may take longer to be put right than the agent waits before it takes commands. */
    private void answer(JournalEntry entry) {
        String deployment = entry.deployment();
        if (deployment == null || !state.courses().concluding(deployment)) {
            answerNow(entry);
            return;
        }
        Thread.ofVirtual()
                .name("end of " + deployment)
                .start(
                        () -> {
                            try {
                                state.courses().awaitEnd(deployment, LONGEST);
                                answerNow(entry);
                            } catch (InterruptedException stop) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    private void answerNow(JournalEntry entry) {
        LOG.log(System.Logger.Level.WARNING, "command {0} was cut off by a restart", entry.id());
        Note restarted = Note.of(Notes.AGENT_RESTARTED);
        String deployment = entry.deployment();
        String app = entry.app();
        Outcome outcome = new Outcome.Failed(restarted);
        if (deployment != null && app != null) {
            orders.abandon(deployment, app, Ending.FAILED, restarted);
            outcome = new Outcome.Done();
        }
        state.outbox().append(new Report.CommandDone(entry.id(), outcome));
        state.journal().done(entry.id(), outcome);
    }
}
