/** Tests of command. */
@NullMarked
package dev.escale.agent.command;

import org.jspecify.annotations.NullMarked;
