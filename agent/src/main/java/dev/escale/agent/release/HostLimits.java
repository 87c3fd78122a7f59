package dev.escale.agent.release;

import dev.escale.protocol.Limits;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a server set for its deployments; where null, the control plane's own counts.
 *
 * @param buildSeconds for install and build together
 * @param buildMegabytes of memory, of all processes of a build together
 * @param deploymentSeconds after which a stuck deployment is ended, whatever it does
 */
public record HostLimits(
        @Nullable Integer buildSeconds,
        @Nullable Integer buildMegabytes,
        @Nullable Integer deploymentSeconds) {
    public static final HostLimits NONE = new HostLimits(null, null, null);

    /** A longer build gets a longer deployment around it, unless that has a limit of its own. */
    public Limits over(Limits ordered) {
        int build = buildSeconds == null ? ordered.buildSeconds() : buildSeconds;
        int longer = Math.max(0, build - ordered.buildSeconds());
        return new Limits(
                build,
                buildMegabytes == null ? ordered.buildMemoryMegabytes() : buildMegabytes,
                ordered.outputBytes(),
                ordered.checkoutMegabytes(),
                deploymentSeconds == null ? ordered.totalSeconds() + longer : deploymentSeconds,
                ordered.keptReleases());
    }
}
