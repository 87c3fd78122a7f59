/** Makes a release out of a commit: fetches, detects, installs and builds, under limits. */
@NullMarked
package dev.escale.agent.build;

import org.jspecify.annotations.NullMarked;
