/**
 * The append-only, hash-chained record of what was done, by whom, on what and with which outcome.
 */
@NullMarked
package dev.escale.control.audit;

import org.jspecify.annotations.NullMarked;
