package dev.escale.control.server;

import java.util.Locale;

/**
 * How a server is.
 *
 * <pre>
 * waiting ──registered, connected──▶ online ⇄ offline
 *    └──────────────┬─────────────────┴─────────┘
 *                   ▼
 *    removing (the agent takes everything away) ──▶ removed
 * </pre>
 */
public enum ServerStatus {
    /** Added, and no agent has come yet. */
    WAITING,
    ONLINE,
    OFFLINE,
    REMOVING,
    REMOVED;

    /** As stored and in REST. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ServerStatus of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
