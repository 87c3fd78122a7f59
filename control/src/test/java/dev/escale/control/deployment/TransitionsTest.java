package dev.escale.control.deployment;

import static dev.escale.control.deployment.DeploymentState.CANCELLED;
import static dev.escale.control.deployment.DeploymentState.FAILED;
import static dev.escale.control.deployment.DeploymentState.LIVE;
import static dev.escale.control.deployment.DeploymentState.QUEUED;
import static dev.escale.control.deployment.DeploymentState.ROLLED_BACK;
import static dev.escale.control.deployment.DeploymentState.RUNNING;
import static dev.escale.control.deployment.DeploymentState.SKIPPED;
import static dev.escale.control.deployment.DeploymentState.SUPERSEDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransitionsTest {
    @Test
    void onlyOneThatWaitsIsSuperseded() {
        assertThat(before(SUPERSEDED)).containsExactly(QUEUED);
    }

    @Test
    void onlyWhatServedIsRolledBackOrWasAboutToBeKnownToServe() {
        assertThat(before(ROLLED_BACK)).containsExactlyInAnyOrder(QUEUED, RUNNING, LIVE);
    }

    @Test
    void whatIsLiveNeverFails() {
        assertThat(before(FAILED)).containsExactlyInAnyOrder(QUEUED, RUNNING);
        assertThat(before(CANCELLED)).containsExactlyInAnyOrder(QUEUED, RUNNING);
    }

    @Test
    void whatWasGivenUpMayTurnOutToServe() {
        assertThat(before(LIVE)).containsExactlyInAnyOrder(QUEUED, RUNNING, FAILED);
    }

    @ParameterizedTest
    @EnumSource
    void nothingGoesBackIntoTheQueueOrOnFromItsEnd(DeploymentState state) {
        assertThat(Transitions.allowed(state, QUEUED)).isFalse();
        for (DeploymentState end : EnumSet.of(SKIPPED, ROLLED_BACK, CANCELLED, SUPERSEDED)) {
            assertThat(Transitions.allowed(end, state)).isFalse();
        }
    }

    private static Set<DeploymentState> before(DeploymentState state) {
        return EnumSet.allOf(DeploymentState.class).stream()
                .filter(from -> Transitions.allowed(from, state))
                .collect(Collectors.toSet());
    }
}
