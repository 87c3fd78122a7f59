/**
 * The agent's one connection: how it joins, whom it trusts, how it dials out, and the outbox of
 * what must not be lost.
 */
@NullMarked
package dev.escale.agent.link;

import org.jspecify.annotations.NullMarked;
