package dev.escale.control.team;

import dev.escale.control.db.TeamId;

/**
 * @param slug stands in addresses
 */
public record Team(TeamId id, String slug, String name) {}
