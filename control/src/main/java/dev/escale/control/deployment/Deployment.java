package dev.escale.control.deployment;

import dev.escale.control.agentlink.ServerId;
import dev.escale.control.app.AppId;
import dev.escale.control.db.TeamId;
import dev.escale.protocol.Finding;
import dev.escale.protocol.Note;
import dev.escale.protocol.OutputLine;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to make something live.
 *
 * @param number counts within the app, from 1
 * @param path how much work it is; {@code full}, or {@code none} when a kept release is served
 * @param asker who asked for it
 * @param release number of the release it makes or serves; null until it was sent to the agent
 * @param url where the app answers
 * @param order id of the command that was sent to the agent; null while it waits in the queue
 * @param current whether its release serves now
 */
public record Deployment(
        DeploymentId id,
        TeamId team,
        AppId app,
        ServerId server,
        long number,
        DeploymentState state,
        String path,
        Trigger trigger,
        Asker asker,
        Revision revision,
        @Nullable Long release,
        @Nullable String url,
        Verdict verdict,
        List<Finding> findings,
        Course course,
        @Nullable String order,
        boolean current) {
    public Deployment {
        findings = List.copyOf(findings);
    }

    /**
     * Why it stands where it stands.
     *
     * @param reason why it waits, or why it did not become or stay live
     * @param evidence the last lines of build or app that show the reason
     */
    public record Verdict(@Nullable Note reason, List<OutputLine> evidence) {
        public static final Verdict NONE = new Verdict(null, List.of());

        static Verdict of(Note reason) {
            return new Verdict(reason, List.of());
        }

        public Verdict {
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * @param startedAt when the agent began
     * @param switchedAt when its release became live
     * @param endedAt when nothing more was to come, the watch after the switch included
     */
    public record Course(
            Instant queuedAt,
            @Nullable Instant startedAt,
            @Nullable Instant switchedAt,
            @Nullable Instant endedAt) {}

    /** Whether it waits in the queue and nothing was sent to the agent. */
    public boolean waiting() {
        return state == DeploymentState.QUEUED && order == null;
    }

    /** Whether no report is to come any more. */
    public boolean ended() {
        return course.endedAt() != null;
    }
}
