/** Finds out what this server is: operating system, addresses, programs and databases. */
@NullMarked
package dev.escale.agent.detect;

import org.jspecify.annotations.NullMarked;
