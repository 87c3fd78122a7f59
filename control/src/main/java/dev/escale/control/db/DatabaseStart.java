package dev.escale.control.db;

import dev.escale.control.DatabaseUrl;
import dev.escale.control.StartRefused;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Waits for a PostgreSQL that is not there yet, as after a reboot of both machines, and says so on
 * the terminal. What waiting does not mend ends the start with a sentence.
 */
final class DatabaseStart {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration TOLD_EVERY = Duration.ofSeconds(10);

    private final DatabaseUrl.Postgresql url;
    private final String setting;
    private final PrintStream terminal;

    /**
     * @param setting that names it
     */
    DatabaseStart(DatabaseUrl.Postgresql url, String setting, PrintStream terminal) {
        this.url = url;
        this.setting = setting;
        this.terminal = terminal;
    }

    void await(Duration limit) {
        long waited = 0;
        while (true) {
            try (Connection connection = OpenDatabase.source(url).getConnection()) {
                return;
            } catch (SQLException failure) {
                DatabaseTrouble trouble =
                        DatabaseTrouble.of(failure).orElse(DatabaseTrouble.MISSING);
                if (!trouble.passes() || waited >= limit.toSeconds()) {
                    throw refused(trouble, failure);
                }
                if (waited % TOLD_EVERY.toSeconds() == 0) {
                    terminal.println(
                            "Waiting for PostgreSQL at %s: %s".formatted(place(), said(failure)));
                }
            }
            pause();
            waited += PAUSE.toSeconds();
        }
    }

    private StartRefused refused(DatabaseTrouble trouble, SQLException failure) {
        String sentence =
                switch (trouble) {
                    case UNREACHABLE -> "PostgreSQL at %s cannot be reached (%s). Look at %s.";
                    case PASSWORD -> "PostgreSQL at %s does not let us in (%s). Look at %s.";
                    case CONNECTIONS ->
                            "PostgreSQL at %s takes no more connections (%s). Raise its"
                                    + " max_connections, or look who else is in %s.";
                    case MISSING, FULL, READ_ONLY ->
                            "PostgreSQL at %s cannot be used (%s). Look at %s.";
                };
        return new StartRefused(sentence.formatted(place(), said(failure), setting), failure);
    }

    private String place() {
        return "%s:%d/%s".formatted(url.host(), url.port(), url.name());
    }

    private static String said(SQLException failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst("\\.$", "");
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartRefused("The start was interrupted.", interrupted);
        }
    }
}
