/** The real control plane and the real agent as processes, and a client for the REST interface. */
@NullMarked
package dev.escale.testkit.control;

import org.jspecify.annotations.NullMarked;
