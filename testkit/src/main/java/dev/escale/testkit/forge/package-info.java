/** GitHub and GitLab as programs of this machine, for signing in by their own pages. */
@NullMarked
package dev.escale.testkit.forge;

import org.jspecify.annotations.NullMarked;
