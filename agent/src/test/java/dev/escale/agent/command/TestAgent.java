package dev.escale.agent.command;

import dev.escale.agent.control.FakeControl;
import dev.escale.agent.control.Somewhere;
import dev.escale.agent.link.ControlClock;
import dev.escale.agent.link.Identity;
import dev.escale.agent.link.Join;
import dev.escale.agent.link.Link;
import dev.escale.agent.link.Outbox;
import dev.escale.agent.link.Pins;
import dev.escale.protocol.Note;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;

/** The real link, outbox, journal and command loop around {@link FakeDeployments}. */
final class TestAgent implements AutoCloseable {
    final ControlClock clock = new ControlClock();
    final Outbox outbox;
    final Journal journal;
    final Link link;
    private final Commands commands;
    private final Thread thread;

    /** Runs as a program of its own, to be killed: {@code TestAgent HOME}. */
    public static void main(String[] arguments) throws Exception {
        try (var agent = new TestAgent(Path.of(arguments[0]))) {
            agent.thread.join();
        }
    }

    TestAgent(Path home) throws IOException {
        var identity = new Identity(home);
        var pins = new Pins(identity, identity.control().orElseThrow());
        outbox = new Outbox(home, clock);
        journal = new Journal(home, clock);
        link = new Link(pins, identity.key(), clock, outbox, () -> Somewhere.FACTS, "1");
        commands =
                new Commands(
                        new Commands.State(home, journal, outbox, new Courses(home, outbox, clock)),
                        new Commands.Hands(new FakeDeployments(home), new NoStreams(), () -> {}),
                        pins,
                        link,
                        clock);
        commands.recover();
        thread = Thread.ofPlatform().start(this::run);
    }

    static void join(FakeControl control, Path home) throws Exception {
        new Join(URI.create(control.url()), control.fingerprint(), "1")
                .run("secret", Somewhere.FACTS, new Identity(home));
    }

    private void run() {
        try {
            link.run(commands);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        link.close();
        thread.join();
        outbox.close();
        journal.close();
    }

    private static final class NoStreams implements LogStreams {
        @Override
        public Outcome open(Order.OpenLog order) {
            return new Outcome.Failed(Note.of("test"));
        }

        @Override
        public Outcome search(Order.SearchLog order) {
            return new Outcome.Failed(Note.of("test"));
        }

        @Override
        public Outcome close(String stream) {
            return new Outcome.Done();
        }

        @Override
        public void credit(String stream, int lines) {
            throw new AssertionError("no stream is open");
        }
    }
}
