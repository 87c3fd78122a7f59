/** What the operator does to an installation as a whole, beside the control plane or without it. */
@NullMarked
package dev.escale.control.upkeep;

import org.jspecify.annotations.NullMarked;
