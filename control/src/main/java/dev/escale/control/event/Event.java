package dev.escale.control.event;

import dev.escale.control.db.TeamId;

/**
 * @param topic {@code server:srv_x}, {@code app:app_x}, {@code deployment:dep_x}, {@code servers},
 *     {@code apps}
 * @param kind what happened, in one word
 * @param detail what subscribers of this topic and kind expect; immutable
 */
public record Event(TeamId team, String topic, String kind, Object detail) {
    /**
     * Topic of all that changes what a person may do. The detail is the person's id, or empty for
     * everybody; the kind is {@code changed}, or {@code session} when one of theirs has ended.
     */
    public static final String RIGHTS = "rights";
}
