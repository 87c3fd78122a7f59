package dev.escale.control.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.escale.control.DatabaseUrl;
import dev.escale.control.SecretText;
import dev.escale.control.StartRefused;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;

class DatabaseStartTest {

    @Test
    void theStartWaitsForAServerThatComesAndSaysSo() throws InterruptedException {
        try (OwnPostgres postgres = new OwnPostgres()) {
            postgres.stop();
            var said = new ByteArrayOutputStream();
            var waits = new CountDownLatch(1);
            var terminal =
                    new PrintStream(said, true, StandardCharsets.UTF_8) {
                        @Override
                        public void println(String line) {
                            super.println(line);
                            waits.countDown();
                        }
                    };
            var start = new DatabaseStart(postgres.application(), "ESCALE_DATABASE_URL", terminal);
            Thread starting = Thread.ofVirtual().start(() -> start.await(Duration.ofMinutes(1)));

            assertThat(waits.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(said.toString(StandardCharsets.UTF_8))
                    .startsWith("Waiting for PostgreSQL at localhost:");
            postgres.start();

            assertThat(starting.join(Duration.ofSeconds(40))).isTrue();
        }
    }

    @Test
    void whatWaitingDoesNotMendEndsTheStartWithASentence() {
        try (OwnPostgres postgres = new OwnPostgres()) {
            var url = postgres.application();
            assertThatThrownBy(() -> await(url, url.port(), url.name(), "wrong"))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("does not let us in (FATAL: password authentication")
                    .hasMessageEndingWith("Look at ESCALE_DATABASE_URL.");
            assertThatThrownBy(() -> await(url, url.port(), "nowhere", "a"))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("database \"nowhere\" does not exist");
            assertThatThrownBy(() -> await(url, 1, url.name(), "a"))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("PostgreSQL at localhost:1/")
                    .hasMessageContaining("cannot be reached");
        }
    }

    @Test
    void troubleIsFoundHoweverDeepItStandsAndOtherFailuresAreNone() {
        var full = new SQLException("no room", "53100");
        var waited = new SQLTransientConnectionException("timed out", null, 0, full);

        assertThat(DatabaseTrouble.of(new DataAccessException("x", full)))
                .contains(DatabaseTrouble.FULL);
        assertThat(
                        DatabaseTrouble.of(
                                new IllegalStateException(new DataAccessException("x", waited))))
                .contains(DatabaseTrouble.FULL);
        assertThat(DatabaseTrouble.of(new SQLTransientConnectionException("timed out")))
                .contains(DatabaseTrouble.CONNECTIONS);
        assertThat(DatabaseTrouble.of(new SQLException("twice", "23505"))).isEmpty();
        assertThat(DatabaseTrouble.of(new SQLException("not yours", "42501"))).isEmpty();
        assertThat(DatabaseTrouble.of(new IllegalStateException("bug"))).isEmpty();
    }

    private static void await(DatabaseUrl.Postgresql like, int port, String name, String password) {
        new DatabaseStart(
                        new DatabaseUrl.Postgresql(
                                like.host(), port, name, like.user(), new SecretText(password)),
                        "ESCALE_DATABASE_URL",
                        System.err)
                .await(Duration.ZERO);
    }
}
