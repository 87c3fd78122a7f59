/** Deployments: their queue, their course as agents report it, the releases they leave. */
@NullMarked
package dev.escale.control.deployment;

import org.jspecify.annotations.NullMarked;
