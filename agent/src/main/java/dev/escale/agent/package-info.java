/** The agent as a program: its command line, its settings, and how its parts are put together. */
@NullMarked
package dev.escale.agent;

import org.jspecify.annotations.NullMarked;
