package dev.escale.protocol;

import io.avaje.jsonb.Json;

/**
 * What the control plane says on an agent's WebSocket, one JSON text frame each.
 *
 * <p>Order of calls: {@link Challenge} at once after the upgrade; the agent answers {@link
 * FromAgent.Hello}; then {@link Welcome}; from then on {@link SignedCommand}, {@link Kept} and
 * {@link Credit} in any order. Before {@code Welcome} neither side sends anything else. A frame
 * that does not parse, or that comes out of order, closes the connection.
 *
 * <p>Only what is inside a JWS can make the agent act: {@code Challenge}, {@code Kept} and {@code
 * Credit} carry no order.
 */
@Json(typeProperty = "type")
@Json.SubType(type = ToAgent.Challenge.class, name = "challenge")
@Json.SubType(type = ToAgent.Welcome.class, name = "welcome")
@Json.SubType(type = ToAgent.SignedCommand.class, name = "command")
@Json.SubType(type = ToAgent.Kept.class, name = "kept")
@Json.SubType(type = ToAgent.Credit.class, name = "credit")
public sealed interface ToAgent {

    /**
     * @param nonce 32 random bytes, base64url without padding; used once
     */
    @Json
    record Challenge(String nonce, int version) implements ToAgent {}

    /**
     * @param session JWS (see {@link Jws}) whose payload is a {@link Session}
     */
    @Json
    record Welcome(String session) implements ToAgent {}

    /**
     * @param jws JWS whose payload is a {@link Command}
     */
    @Json
    record SignedCommand(String jws) implements ToAgent {}

    /**
     * The reader of this stream takes so many more lines. It makes the agent begin nothing: a
     * stream is opened by a signed order.
     */
    @Json
    record Credit(String stream, int lines) implements ToAgent {}

    /** The report of this number is stored; the agent may forget it, and every one before it. */
    @Json
    record Kept(long sequence) implements ToAgent {}
}
