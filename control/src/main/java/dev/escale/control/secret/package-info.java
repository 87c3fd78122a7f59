/** Secrets at rest: sealed with AES-256-GCM under a keyset that the master key wraps. */
@NullMarked
package dev.escale.control.secret;

import org.jspecify.annotations.NullMarked;
