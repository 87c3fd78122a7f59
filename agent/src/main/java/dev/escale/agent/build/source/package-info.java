/** Brings a commit from a Git repository into a folder, through one bare mirror per app. */
@NullMarked
package dev.escale.agent.build.source;

import org.jspecify.annotations.NullMarked;
