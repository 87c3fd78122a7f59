/** Tests of the link. */
@NullMarked
package dev.escale.agent.link;

import org.jspecify.annotations.NullMarked;
