package dev.escale.agent.release;

import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.protocol.Notes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("slow")
@Timeout(30)
class DrainTest {
    private final AtomicBoolean ended = new AtomicBoolean();

    @Test
    void aRequestThatComesLateIsWaitedFor() throws Exception {
        try (var release = listening()) {
            CompletableFuture<Void> late = connectFor(release.getLocalPort(), 120, 500);

            var cut = new Drain(release.getLocalPort(), () -> false).await();

            assertThat(ended).as("the late request had ended").isTrue();
            assertThat(cut).isEmpty();
            late.get();
        }
    }

    @Test
    void aRollbackDoesNotWaitForAConnectionThatNeverEnds() throws Exception {
        try (var release = listening();
                var open = new Socket(InetAddress.getLoopbackAddress(), release.getLocalPort())) {
            var cut = new Drain(release.getLocalPort(), () -> true).await();

            assertThat(open.isConnected()).isTrue();
            assertThat(cut)
                    .hasValueSatisfying(
                            note -> {
                                assertThat(note.code()).isEqualTo(Notes.DRAIN_CUT);
                                assertThat(note.facts()).containsEntry("count", "1");
                            });
        }
    }

    private CompletableFuture<Void> connectFor(int port, long afterMillis, long millis) {
        return runAsync(
                () -> {
                    try {
                        var request = new Socket(InetAddress.getLoopbackAddress(), port);
                        runAsync(() -> end(request), delayedExecutor(millis, TimeUnit.MILLISECONDS))
                                .join();
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                },
                delayedExecutor(afterMillis, TimeUnit.MILLISECONDS));
    }

    private void end(Socket request) {
        try {
            ended.set(true);
            request.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static ServerSocket listening() throws IOException {
        return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }
}
