/** Figures of the whole system, measured from outside, as a table and as JSON. */
@NullMarked
package dev.escale.bench;

import org.jspecify.annotations.NullMarked;
