package dev.escale.control.deployment;

import dev.escale.control.domain.AppCertificates.Certified;
import dev.escale.control.server.Server;
import dev.escale.protocol.Metrics.AppMetrics;
import java.util.List;
import java.util.Optional;

/**
 * What the page of one app shows.
 *
 * @param current the deployment that made the release serve that does
 * @param built the one that built it, which is another one after a rollback
 * @param recent newest first
 * @param previous release that a rollback would serve
 * @param kept how many releases can be served again
 * @param certified what its site is served with
 * @param pushUrl of Escale's own Git endpoint
 */
public record AppOverview(
        AppFace face,
        Optional<Server> server,
        Optional<DeploymentFace> current,
        Optional<DeploymentFace> built,
        List<DeploymentFace> recent,
        Optional<Release> previous,
        int kept,
        Optional<AppMetrics> metrics,
        Optional<Certified> certified,
        String pushUrl) {

    /** Whether what serves is files alone, which need no process. */
    public boolean isStatic() {
        return built.filter(DeploymentFace::isStatic).isPresent();
    }

    /** The deployment that says most about what runs: the one that built it, else the newest. */
    public Optional<DeploymentFace> telling() {
        return built.isPresent() ? built : face.newest();
    }
}
