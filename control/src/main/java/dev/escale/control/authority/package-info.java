/** The local certificate authority, and the TLS that the control plane itself speaks. */
@NullMarked
package dev.escale.control.authority;

import org.jspecify.annotations.NullMarked;
