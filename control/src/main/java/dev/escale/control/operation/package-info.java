/**
 * The narrow waist: every change is an operation, planned, permitted, audited and applied in one
 * place.
 */
@NullMarked
package dev.escale.control.operation;

import org.jspecify.annotations.NullMarked;
