package dev.escale.agent.release;

import dev.escale.agent.host.AtomicFile;
import dev.escale.agent.host.HttpGet;
import dev.escale.agent.nginx.LiveLink;
import dev.escale.agent.nginx.SiteProbe;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sends an app's requests somewhere, and believes it only when an answer came from there. */
record Traffic(AppDesk desk) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(20);

    void point(LiveLink.Target target, ReleasePlan plan) throws IOException {
        point(target, plan, null);
    }

    /**
     * @param former files that were served until now, when a process takes over from them
     */
    void point(LiveLink.Target target, ReleasePlan plan, @Nullable Path former) throws IOException {
        boolean files = target.route() == LiveLink.Route.FILES;
        desk.link().point(target, files ? plan.documentRoot() : former);
        Path release = desk.folder().release(target.release());
        AtomicFile.link(desk.folder().current(), desk.folder().root().relativize(release));
    }

    void stop(long release) throws IOException {
        desk.link().point(new LiveLink.Target(release, LiveLink.Route.STOPPED), null);
    }

    /** Asks through Nginx and TLS until the answer carries the release's marker. */
    void awaitAnswerOf(long release, ReleasePlan plan, HealthCheck health)
            throws RolloutFailed, IOException, InterruptedException {
        SiteProbe probe = desk.probe();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String answer = "";
        while (System.nanoTime() < deadline) {
            try {
                HttpGet.Answer got = probe.ask(plan.healthPath());
                if (Long.toString(release).equals(marker(got)) && health.good(got.status())) {
                    return;
                }
                answer = got.status() + ", release " + marker(got);
            } catch (IOException failure) {
                answer = String.valueOf(failure.getMessage());
            }
            Thread.sleep(PAUSE);
        }
        throw new RolloutFailed(
                Note.of(
                        Notes.SWITCH_UNANSWERED,
                        "name",
                        desk.names().getFirst().text(),
                        "answer",
                        answer));
    }

    private static @Nullable String marker(HttpGet.Answer answer) {
        return answer.headers().get(SiteProbe.MARKER);
    }
}
