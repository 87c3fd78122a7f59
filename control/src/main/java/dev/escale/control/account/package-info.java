/** Persons: how they sign in, their sessions and tokens, and who acts in a request. */
@NullMarked
package dev.escale.control.account;

import org.jspecify.annotations.NullMarked;
