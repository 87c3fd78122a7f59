package dev.escale.control.deployment;

import dev.escale.control.web.Page;
import dev.escale.protocol.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a deployment looks on pages. */
public record DeploymentFace(Deployment deployment) {

    /** For {@code data-state}. */
    public String state() {
        return switch (deployment.state()) {
            case QUEUED, RUNNING -> "working";
            case LIVE -> deployment.current() ? "live" : "off";
            case SKIPPED -> "skipped";
            case FAILED -> "failed";
            case ROLLED_BACK -> "back";
            case CANCELLED, SUPERSEDED -> "off";
        };
    }

    public String word(Page page) {
        return page.say("page.deployment.state." + wordKey());
    }

    private String wordKey() {
        return deployment.state() == DeploymentState.LIVE && !deployment.current()
                ? "replaced"
                : deployment.state().text();
    }

    /** Seven digits; empty as long as it is not known. */
    public String commit() {
        String commit = deployment.revision().commit();
        return commit == null ? "" : commit.substring(0, Math.min(7, commit.length()));
    }

    public String subject(Page page) {
        String subject = deployment.revision().subject();
        return subject != null ? subject : page.say("page.deployment.trigger." + trigger());
    }

    public String trigger() {
        return deployment.trigger().text();
    }

    /**
     * From its beginning on the agent to the moment in which it served, or to its end when it did
     * not stay; empty before.
     */
    public Optional<Duration> took() {
        Instant began = deployment.course().startedAt();
        Instant switched = deployment.course().switchedAt();
        boolean serves = deployment.state() == DeploymentState.LIVE && switched != null;
        Instant decided = serves ? switched : deployment.course().endedAt();
        return began == null || decided == null
                ? Optional.empty()
                : Optional.of(Duration.between(began, decided));
    }

    /** With the watch that follows the switch; empty before its end. */
    public Optional<Duration> lasted() {
        Instant began = deployment.course().startedAt();
        Instant ended = deployment.course().endedAt();
        return began == null || ended == null
                ? Optional.empty()
                : Optional.of(Duration.between(began, ended));
    }

    /** How long it served before it was taken back. */
    public Optional<Duration> served() {
        Instant switched = deployment.course().switchedAt();
        Instant ended = deployment.course().endedAt();
        return switched == null || ended == null
                ? Optional.empty()
                : Optional.of(Duration.between(switched, ended));
    }

    public @Nullable String found(String what) {
        return deployment.findings().stream()
                .filter(finding -> finding.what().equals(what))
                .map(Finding::value)
                .findFirst()
                .orElse(null);
    }

    public boolean underWay() {
        return !deployment.state().decided();
    }

    /** Files alone, with nothing to start. */
    public boolean isStatic() {
        return "static".equals(found("type"));
    }

    /** How much work it was. Files that are published as they are need no build. */
    public String path() {
        if (deployment.trigger().servesKeptRelease()) {
            return "reload";
        }
        return isStatic() && found("build") == null && deployment.path().equals("full")
                ? "static"
                : deployment.path();
    }
}
