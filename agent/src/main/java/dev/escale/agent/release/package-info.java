/** Makes releases serve: blue-green switches, the watch after them, the way back, and removal. */
@NullMarked
package dev.escale.agent.release;

import org.jspecify.annotations.NullMarked;
