/**
 * Drives Nginx: a file per app, written so that a mistake of ours or of others never stops it
 * serving.
 */
@NullMarked
package dev.escale.agent.nginx;

import org.jspecify.annotations.NullMarked;
