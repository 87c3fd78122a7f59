/** Keeps the values of secrets out of everything that leaves the server. */
@NullMarked
package dev.escale.agent.secret;

import org.jspecify.annotations.NullMarked;
