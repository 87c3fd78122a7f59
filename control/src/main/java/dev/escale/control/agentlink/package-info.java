/**
 * The line to the agents: who is connected, signed commands down, durable reports and streams up.
 * Knows no feature.
 */
@NullMarked
package dev.escale.control.agentlink;

import org.jspecify.annotations.NullMarked;
