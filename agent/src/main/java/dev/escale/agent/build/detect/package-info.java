/** Finds out from the files of a repository how it is installed, built, started and served. */
@NullMarked
package dev.escale.agent.build.detect;

import org.jspecify.annotations.NullMarked;
