package dev.escale.protocol;

/**
 * Why the control plane closed an agent's WebSocket, mostly from the range for applications (RFC
 * 6455, 7.4.2). The agent connects again with backoff after each; {@link #REMOVED} and {@link
 * #REFUSED} will not get better by themselves, so it may wait longer then.
 */
public final class CloseCode {
    /** A frame that is not a message, is too large, or comes out of order. */
    public static final int MALFORMED = 4400;

    /** The signature or the server id of the hello is not accepted. */
    public static final int REFUSED = 4401;

    /** No hello came in time: try again later (RFC 6455 registry). */
    public static final int LATE = 1013;

    /** A newer connection of the same server took over. */
    public static final int REPLACED = 4409;

    /** The server was removed in the control plane. */
    public static final int REMOVED = 4410;

    /** Connect again at once to learn new signing keys. */
    public static final int RENEW = 4412;

    private CloseCode() {}
}
