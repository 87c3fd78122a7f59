package dev.escale.control.team;

import org.jspecify.annotations.Nullable;

/**
 * A role that is to be given, as a door says it.
 *
 * @param role name of a built-in role, or id or name of the team's own
 * @param scope {@code team}, {@code server} or {@code app}; null for the team
 * @param target id or name of the server or app
 */
public record GrantInput(@Nullable String role, @Nullable String scope, @Nullable String target) {}
