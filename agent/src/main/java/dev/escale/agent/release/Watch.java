package dev.escale.agent.release;

import dev.escale.agent.nginx.Endpoint;
import dev.escale.agent.pm2.Pm2;
import dev.escale.agent.pm2.Pm2Process;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Looks at a release for some time after its switch: a death is seen within 100 ms, and three
 * failed checks in a row within about 1.5 s.
 *
 * @param hurry whether somebody waits for a rollback: then it ends early
 */
record Watch(Pm2 pm2, Duration length, BooleanSupplier hurry) {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration CHECK = Duration.ofMillis(400);
    private static final Duration ONE_ANSWER = Duration.ofSeconds(2);
    private static final int FAILURES = 3;

    /**
     * @return what was wrong
     */
    Optional<Note> over(Pm2Process process, Endpoint endpoint, HealthCheck health)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        long nextCheck = began + CHECK.toNanos();
        int failures = 0;
        while (System.nanoTime() - began < length.toNanos() && !hurry.getAsBoolean()) {
            if (!HealthCheck.alive(process)) {
                return Optional.of(died(process, began));
            }
            if (System.nanoTime() >= nextCheck) {
                Optional<String> wrong = health.ask(endpoint, ONE_ANSWER);
                failures = wrong.isPresent() ? failures + 1 : 0;
                if (failures == FAILURES && HealthCheck.alive(process)) {
                    return Optional.of(unhealthy(health, wrong.orElse(""), began));
                }
                nextCheck = System.nanoTime() + CHECK.toNanos();
            }
            Thread.sleep(LOOK);
        }
        return Optional.empty();
    }

    private Note died(Pm2Process process, long began) throws IOException, InterruptedException {
        int code = pm2.find(process.id()).map(Pm2Process::exitCode).orElse(0);
        return Note.of(Notes.WATCH_DIED, "code", Integer.toString(code), "seconds", seconds(began));
    }

    private static Note unhealthy(HealthCheck health, String answer, long began) {
        return Note.of(
                Notes.WATCH_UNHEALTHY,
                "path",
                health.plan().healthPath(),
                "answer",
                answer,
                "seconds",
                seconds(began));
    }

    private static String seconds(long began) {
        return Long.toString(Duration.ofNanos(System.nanoTime() - began).toSeconds());
    }
}
