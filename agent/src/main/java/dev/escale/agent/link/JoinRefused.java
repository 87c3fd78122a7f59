package dev.escale.agent.link;

/** Joining did not work; the message says in one sentence why and what to do. */
public final class JoinRefused extends Exception {
    private static final long serialVersionUID = 1L;

    JoinRefused(String message) {
        super(message);
    }
}
