/**
 * Sends up what apps print, while somebody looks: tailed files, masked, bounded, never in the way.
 */
@NullMarked
package dev.escale.agent.log;

import org.jspecify.annotations.NullMarked;
