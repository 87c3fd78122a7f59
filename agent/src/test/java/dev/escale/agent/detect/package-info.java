/** Tests of detect. */
@NullMarked
package dev.escale.agent.detect;

import org.jspecify.annotations.NullMarked;
