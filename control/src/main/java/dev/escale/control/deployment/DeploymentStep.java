package dev.escale.control.deployment;

import dev.escale.protocol.Note;
import dev.escale.protocol.Step;
import dev.escale.protocol.StepState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * @param seconds how long it took, when it has ended
 * @param note what a person should know of it
 */
public record DeploymentStep(
        Step step,
        StepState state,
        Instant changedAt,
        @Nullable Double seconds,
        @Nullable Note note) {}
