package dev.escale.protocol;

import dev.escale.protocol.log.LogGap;
import dev.escale.protocol.log.LogLine;
import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an agent says on its WebSocket, one JSON text frame each. {@link Hello} comes first.
 *
 * <p>{@link Durable} reports wait in the outbox on the agent's disk, in order, until {@link
 * ToAgent.Kept} names them or a later one; after a reconnect they are sent again, so the control
 * plane must accept the same number twice. {@link Sample} is dropped when it cannot be sent in
 * time; {@link LogLines} wait for the credit of their reader.
 */
@Json(typeProperty = "type")
@Json.SubType(type = FromAgent.Hello.class, name = "hello")
@Json.SubType(type = FromAgent.Received.class, name = "received")
@Json.SubType(type = FromAgent.Durable.class, name = "durable")
@Json.SubType(type = FromAgent.Sample.class, name = "sample")
@Json.SubType(type = FromAgent.LogLines.class, name = "logLines")
@Json.SubType(type = FromAgent.LogEnd.class, name = "logEnd")
public sealed interface FromAgent {

    /**
     * @param server id that registration gave
     * @param nonce the challenge's, repeated
     * @param signature Ed25519 over {@link Handshake#bytesToSign}, base64url without padding
     */
    @Json
    record Hello(
            String server,
            int version,
            String nonce,
            String signature,
            String agentVersion,
            Facts facts)
            implements FromAgent {}

    /**
     * The command is checked and stands in the journal: it will run once, and need not be sent
     * again.
     */
    @Json
    record Received(String command) implements FromAgent {}

    /**
     * @param sequence counts from 1 without gaps for the life of the agent's state folder
     */
    @Json
    record Durable(long sequence, Instant at, Report report) implements FromAgent {}

    /** About every 2 s while connected. */
    @Json
    record Sample(Metrics metrics) implements FromAgent {}

    /**
     * Lines of a stream that {@link Order.OpenLog} or {@link Order.SearchLog} opened, in the order
     * of their time as far as it is known.
     *
     * @param gaps what is missing before the first line here
     * @param place where the reader is behind these lines: a position for each file
     */
    @Json
    record LogLines(
            String stream, List<LogLine> lines, List<LogGap> gaps, Map<String, String> place)
            implements FromAgent {}

    /**
     * A stream is over.
     *
     * @param more whether there is more to find from {@code place} on
     * @param scanned bytes that were looked at
     * @param note why it ended, when it was not because it had all
     */
    @Json
    record LogEnd(
            String stream,
            boolean more,
            Map<String, String> place,
            long scanned,
            @Nullable Note note)
            implements FromAgent {}
}
