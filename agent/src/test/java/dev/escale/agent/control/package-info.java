/** The far side: a control plane for tests, as small as it can be, behind real TLS. */
@NullMarked
package dev.escale.agent.control;

import org.jspecify.annotations.NullMarked;
