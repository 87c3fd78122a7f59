package dev.escale.control.deployment;

import dev.escale.control.app.App;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the page of one deployment shows.
 *
 * @param before the release that served before it
 * @param kept its own release, if it is kept and can be served again
 * @param otherVariables whether the app's variables are others now than when it last served
 */
public record DeploymentOverview(
        App app,
        AppFace appFace,
        DeploymentFace face,
        List<StepRow> steps,
        Optional<Before> before,
        Optional<Release> kept,
        boolean otherVariables) {

    public record Before(long release) {}

    public @Nullable Instant switchedAt() {
        return face.deployment().course().switchedAt();
    }

    public @Nullable Instant endedAt() {
        return face.deployment().course().endedAt();
    }

    public boolean wasTakenBack() {
        return face.deployment().state() == DeploymentState.ROLLED_BACK
                && switchedAt() != null
                && endedAt() != null
                && before.isPresent();
    }
}
