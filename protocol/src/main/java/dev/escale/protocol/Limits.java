package dev.escale.protocol;

import io.avaje.jsonb.Json;

/**
 * Bounds of one deployment.
 *
 * @param buildSeconds for install and build together
 * @param buildMemoryMegabytes of all processes of the build together
 * @param outputBytes of build output kept; the rest is counted and said
 * @param checkoutMegabytes of the checked-out tree
 * @param totalSeconds after which a stuck deployment is ended, whatever it does
 * @param keptReleases on disk beside the one that serves
 */
@Json
public record Limits(
        int buildSeconds,
        int buildMemoryMegabytes,
        int outputBytes,
        int checkoutMegabytes,
        int totalSeconds,
        int keptReleases) {
    public static final Limits DEFAULT = new Limits(900, 2048, 4 << 20, 2048, 1800, 5);
}
