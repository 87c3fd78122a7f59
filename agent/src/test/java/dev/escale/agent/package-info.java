/** Tests of the agent as a program. */
@NullMarked
package dev.escale.agent;

import org.jspecify.annotations.NullMarked;
