/** Runs the real programs that tests are made of, and never leaves one behind. */
@NullMarked
package dev.escale.testkit.program;

import org.jspecify.annotations.NullMarked;
