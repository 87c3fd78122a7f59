package dev.escale.agent.pm2;

import io.avaje.jsonb.JsonType;
import io.avaje.jsonb.Jsonb;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Calls methods of the daemon: axon's request/reply over {@code rpc.sock}. A connection per call
 * costs a fraction of a millisecond and leaves nothing to repair when the daemon dies.
 */
final class Pm2Socket {
    private static final JsonType<Object> JSON = Jsonb.builder().build().type(Object.class);

    private final Path socket;

    Pm2Socket(Path socket) {
        this.socket = socket;
    }

    /**
     * @return what the method gave to its callback; null when nothing
     * @throws Pm2Exception with the daemon's words when it refused
     * @throws IOException when nobody answers
     */
    @Nullable Object call(String method, @Nullable Object argument, Duration timeout)
            throws IOException, InterruptedException {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            var exchange = new FutureTask<>(() -> exchange(channel, method, argument));
            Thread.ofVirtual().name("pm2 " + method).start(exchange);
            return exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new IOException(
                    "PM2 did not answer " + method + " within " + timeout.toSeconds() + " s");
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException(failure.getCause());
        }
    }

    boolean answers() throws InterruptedException {
        try {
            call("ping", Map.of(), Duration.ofSeconds(2));
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    private static @Nullable Object exchange(
            SocketChannel channel, String method, @Nullable Object argument) throws IOException {
        var arguments = new java.util.ArrayList<@Nullable Object>();
        arguments.add(argument);
        String request = JSON.toJson(Map.of("type", "call", "method", method, "args", arguments));
        var bytes = ByteBuffer.wrap(new AmpFrame(List.of("j:" + request, "s:1")).encode());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        var in =
                new DataInputStream(
                        new java.io.BufferedInputStream(Channels.newInputStream(channel)));
        return answer(AmpFrame.read(in));
    }

    private static @Nullable Object answer(AmpFrame frame) throws IOException {
        String part = frame.parts().getFirst();
        if (!(part.startsWith("j:")
                && JSON.fromJson(part.substring(2)) instanceof Map<?, ?> reply)) {
            throw new IOException("PM2 answered something that is not JSON");
        }
        Object error = reply.get("error");
        if (error != null) {
            throw new Pm2Exception(String.valueOf(error));
        }
        return reply.get("args") instanceof List<?> values && !values.isEmpty()
                ? values.getFirst()
                : null;
    }
}
