/** Tests of log. */
@NullMarked
package dev.escale.agent.log;

import org.jspecify.annotations.NullMarked;
