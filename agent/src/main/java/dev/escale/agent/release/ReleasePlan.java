package dev.escale.agent.release;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a build leaves: everything needed to start the release, now or at a rollback; stored as
 * {@code release.json} beside its files.
 *
 * @param directory where the app runs: the release's folder, or a sub-folder of it
 * @param start program and arguments; empty for a static site
 * @param documentRoot of a static site
 * @param fixedPort of an app that ignores {@code PORT}, when the settings or {@code escale.yaml}
 *     tell it
 * @param healthPath starts with a slash; {@code /} unless something told otherwise
 * @param nodeExecutable absolute path of the Node.js to run it with
 * @param releaseCommand to run before the switch; empty for none
 * @param shared paths below {@code directory} that outlive releases
 * @param commit full SHA-1
 */
public record ReleasePlan(
        Kind kind,
        Path directory,
        List<String> start,
        @Nullable Path documentRoot,
        @Nullable Integer fixedPort,
        String healthPath,
        Duration healthTimeout,
        String nodeExecutable,
        List<String> releaseCommand,
        List<String> shared,
        String commit) {
    public ReleasePlan {
        start = List.copyOf(start);
        releaseCommand = List.copyOf(releaseCommand);
        shared = List.copyOf(shared);
        if (kind == Kind.NODE && start.isEmpty()) {
            throw new IllegalArgumentException("a Node.js release needs a start command");
        }
        if (kind == Kind.STATIC && documentRoot == null) {
            throw new IllegalArgumentException("a static release needs a document root");
        }
    }

    /**
     * Whether it changes, before it serves, what the one that serves works with: a migration and a
     * shared folder must not be seen by what may still be brought back by the one before.
     */
    boolean touchesWhatServes() {
        return !releaseCommand.isEmpty() || !shared.isEmpty();
    }

    public enum Kind {
        NODE,
        STATIC
    }
}
