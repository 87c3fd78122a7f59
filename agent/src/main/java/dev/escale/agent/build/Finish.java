package dev.escale.agent.build;

import dev.escale.agent.build.detect.Project;
import dev.escale.agent.build.detect.Serving;
import dev.escale.agent.release.BuildFailed;
import dev.escale.agent.release.ReleasePlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says how a finished release is served. */
record Finish(Path release, String commit, Detected detected) {
    ReleasePlan plan() throws BuildFailed, IOException {
        Project project = detected.project();
        Path app = new Inside(release, project.root()).folder();
        var commands =
                new StartCommand(
                        app,
                        release.resolve(project.install().folder()),
                        detected.nodeExecutable());
        return switch (project.serving()) {
            case Serving.Process process ->
                    plan(ReleasePlan.Kind.NODE, app, commands, process.command(), null);
            case Serving.Files files ->
                    plan(
                            ReleasePlan.Kind.STATIC,
                            app,
                            commands,
                            null,
                            new DocumentRoot(release, app).find(files.folders()));
        };
    }

    private ReleasePlan plan(
            ReleasePlan.Kind kind,
            Path app,
            StartCommand commands,
            @Nullable String start,
            @Nullable Path documentRoot)
            throws IOException {
        Project project = detected.project();
        String before = project.release();
        return new ReleasePlan(
                kind,
                app,
                start == null ? List.of() : commands.arguments(start),
                documentRoot,
                project.health().port(),
                project.health().path(),
                project.health().timeout(),
                detected.nodeExecutable(),
                before == null || before.isBlank() ? List.of() : commands.arguments(before),
                project.shared(),
                commit);
    }
}
