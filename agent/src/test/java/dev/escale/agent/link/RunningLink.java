package dev.escale.agent.link;

import dev.escale.agent.control.FakeControl;
import dev.escale.agent.control.Somewhere;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Our real client, joined to a fake control plane. */
final class RunningLink implements AutoCloseable {
    final BlockingQueue<String> commands = new LinkedBlockingQueue<>();
    final BlockingQueue<String> credits = new LinkedBlockingQueue<>();
    final ControlClock clock = new ControlClock();
    final Pins pins;
    final Outbox outbox;
    final Link link;
    private final Thread thread;

    RunningLink(FakeControl control, Path home) throws Exception {
        var identity = new Identity(home);
        if (identity.control().isEmpty()) {
            new Join(URI.create(control.url()), control.fingerprint(), "1")
                    .run("secret", Somewhere.FACTS, identity);
        }
        pins = new Pins(identity, identity.control().orElseThrow());
        outbox = new Outbox(home, InstantSource.system());
        link =
                new Link(
                        pins,
                        identity.key(),
                        clock,
                        outbox,
                        () -> Somewhere.FACTS,
                        "1",
                        new Soon());
        thread = Thread.ofVirtual().start(this::run);
    }

    private void run() {
        try {
            link.run(
                    new Inbox() {
                        @Override
                        public void command(String jws) {
                            commands.add(jws);
                        }

                        @Override
                        public void credit(String stream, int lines) {
                            credits.add(stream + " " + lines);
                        }
                    });
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
    }
}
