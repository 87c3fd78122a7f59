package dev.escale.protocol;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;

/**
 * What an agent says on its WebSocket, one JSON text frame each. {@link Hello} comes first.
 *
 * <p>{@link Durable} reports wait in the outbox on the agent's disk, in order, until {@link
 * ToAgent.Kept} names them or a later one; after a reconnect they are sent again, so the control
 * plane must accept the same number twice. {@link Sample} and {@link Lines} are streams: what
 * cannot be sent in time is dropped and counted.
 */
@Json(typeProperty = "type")
@Json.SubType(type = FromAgent.Hello.class, name = "hello")
@Json.SubType(type = FromAgent.Received.class, name = "received")
@Json.SubType(type = FromAgent.Durable.class, name = "durable")
@Json.SubType(type = FromAgent.Sample.class, name = "sample")
@Json.SubType(type = FromAgent.Lines.class, name = "lines")
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
     * Lines of a stream that {@link Order.FollowAppLog} opened.
     *
     * @param first number of the first line here; numbers count on from 1 within the stream,
     *     dropped lines included
     * @param dropped lines left out directly before the first one
     */
    @Json
    record Lines(String stream, long first, long dropped, List<AppLine> lines)
            implements FromAgent {}
}
