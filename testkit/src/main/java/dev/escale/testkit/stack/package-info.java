/** A whole Escale on this machine and apps on it, as stories and benchmarks use them. */
@NullMarked
package dev.escale.testkit.stack;

import org.jspecify.annotations.NullMarked;
