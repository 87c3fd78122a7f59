package dev.escale.control.event;

import dev.escale.control.db.TeamId;

/**
 * @param topic {@code server:srv_x}, {@code app:app_x}, {@code deployment:dep_x}, {@code servers},
 *     {@code apps}
 * @param kind what happened, in one word
 * @param detail what subscribers of this topic and kind expect; immutable
 */
public record Event(TeamId team, String topic, String kind, Object detail) {}
