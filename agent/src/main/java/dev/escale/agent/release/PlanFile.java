package dev.escale.agent.release;

import io.avaje.jsonb.Json;
import io.avaje.jsonb.Jsonb;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link ReleasePlan} as it stands in a file. */
@Json
record PlanFile(
        ReleasePlan.Kind kind,
        String directory,
        List<String> start,
        @Nullable String documentRoot,
        @Nullable Integer fixedPort,
        String healthPath,
        long healthTimeoutMillis,
        String nodeExecutable,
        List<String> releaseCommand,
        List<String> shared,
        String commit) {

    static String write(ReleasePlan plan) {
        var file =
                new PlanFile(
                        plan.kind(),
                        plan.directory().toString(),
                        plan.start(),
                        plan.documentRoot() == null ? null : plan.documentRoot().toString(),
                        plan.fixedPort(),
                        plan.healthPath(),
                        plan.healthTimeout().toMillis(),
                        plan.nodeExecutable(),
                        plan.releaseCommand(),
                        plan.shared(),
                        plan.commit());
        return Jsonb.builder().build().type(PlanFile.class).toJson(file);
    }

    static ReleasePlan read(String json) {
        return Jsonb.builder().build().type(PlanFile.class).fromJson(json).plan();
    }

    private ReleasePlan plan() {
        return new ReleasePlan(
                kind,
                Path.of(directory),
                start,
                documentRoot == null ? null : Path.of(documentRoot),
                fixedPort,
                healthPath,
                Duration.ofMillis(healthTimeoutMillis),
                nodeExecutable,
                releaseCommand,
                shared,
                commit);
    }
}
