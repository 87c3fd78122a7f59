/** Tests of watch. */
@NullMarked
package dev.escale.agent.watch;

import org.jspecify.annotations.NullMarked;
