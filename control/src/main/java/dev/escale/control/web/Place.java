package dev.escale.control.web;

import dev.escale.control.db.TeamId;

/**
 * A team, as pages name it.
 *
 * @param slug stands in addresses
 */
public record Place(TeamId id, String slug, String name) {}
