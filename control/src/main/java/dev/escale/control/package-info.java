/** The control plane: one process with dashboard, REST API, Git endpoint and the agents' door. */
@NullMarked
package dev.escale.control;

import org.jspecify.annotations.NullMarked;
