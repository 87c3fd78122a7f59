package dev.escale.cli.demo;

import java.time.Duration;
import java.time.Instant;

/** Tells on standard error what is going on, with the seconds that each part took. */
final class Progress {
    private Instant began = Instant.now();
    private String doing = "";

    void begin(String what) {
        end();
        doing = what;
        began = Instant.now();
        System.err.println("→ " + what);
    }

    void end() {
        if (!doing.isEmpty()) {
            Duration took = Duration.between(began, Instant.now());
            if (took.toMillis() > 1000) {
                System.err.printf("  %.1f s%n", took.toMillis() / 1000.0);
            }
            doing = "";
        }
    }

    void note(String text) {
        System.err.println("  " + text);
    }
}
