package dev.escale.control.app;

import dev.escale.control.agentlink.ServerId;
import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Target;
import dev.escale.protocol.AppState;
import dev.escale.protocol.Note;
import dev.escale.protocol.Overrides;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An application on one server.
 *
 * @param slug {@code [a-z0-9-]{2,40}}, unique in the team; part of its URL
 * @param branch the one whose pushes are deployed; null until the first push chooses it, or for a
 *     foreign repository its own default branch
 * @param settings what was set on the page; it wins over escale.yaml and over detection
 * @param url under which it answers; null as long as its server has never connected
 * @param lastRelease the highest release number that was given out
 * @param lastStatus of its newest deployment; null when there was none
 */
public record App(
        AppId id,
        TeamId team,
        ServerId server,
        String name,
        String slug,
        AppSource source,
        @Nullable String branch,
        Overrides settings,
        @Nullable String url,
        Process process,
        long lastRelease,
        @Nullable String lastStatus,
        Serving serving,
        Instant createdAt) {

    /**
     * The app's process as its server reported it last.
     *
     * @param state null when nothing was ever started
     */
    public record Process(@Nullable AppState state, @Nullable Note note) {}

    /**
     * What serves now.
     *
     * @param release null when nothing does
     * @param deployment id of the deployment that made it serve
     */
    public record Serving(@Nullable Long release, @Nullable String deployment) {}

    public Target target() {
        return Target.app(id.value(), slug, server.value());
    }

    public Optional<Long> currentRelease() {
        return Optional.ofNullable(serving.release());
    }

    public boolean follows(String pushedBranch) {
        return pushedBranch.equals(branch);
    }
}
