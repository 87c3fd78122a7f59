package dev.escale.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.testkit.control.ControlProcess;
import dev.escale.testkit.control.Postgres;
import dev.escale.testkit.program.Running;
import dev.escale.testkit.program.Wait;
import dev.escale.testkit.stack.App;
import dev.escale.testkit.stack.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the operator does to an installation with a live app: new keys, and another database. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class UpkeepStory {

    @Test
    void keysRotateUnderARunningControlPlaneAndThenAllOfItMovesToPostgres() throws IOException {
        try (LocalStack stack = LocalStack.onSqlite();
                Postgres postgres = Postgres.start()) {
            ControlProcess control = stack.control();
            App app = stack.app("shop");
            app.goLive("release one");
            app.awaitSettled();
            control.api()
                    .patch(
                            "apps/" + app.id() + "/env",
                            Map.of("set", Map.of("KEY", Map.of("value", "sealed-value"))));
            app.awaitSettled();

            keysRotate(control);
            app.goLive("release two");
            app.awaitSettled();

            moves(control, postgres);
            control.startAgain();
            stack.agent().awaitOnline();
            assertThat(app.fetchText()).isEqualTo("release two");
            app.goLive("release three");
            assertThat(app.fetchText()).isEqualTo("release three");
            assertThat(
                            postgres.count(
                                    "select count(*) from audit_entry where action in"
                                            + " ('keys.rotate', 'database.move')"))
                    .isGreaterThanOrEqualTo(3);
        }
    }

    private static void keysRotate(ControlProcess control) throws IOException {
        Path file = control.home().resolve("master.key");
        String before = Files.readString(file);
        Path log = control.home().resolveSibling("rotation.log");
        try (Running killed = control.operator("--rotate-keys").start(log)) {
            Wait.until(
                    "the new master key",
                    Duration.ofSeconds(60),
                    () -> !read(file).equals(before) || !killed.alive());
            killed.crash();
        }

        String told = control.operator("--rotate-keys").run();

        assertThat(told).contains("sealed by the new key");
        assertThat(Files.readString(file)).isNotEqualTo(before);
        control.crash();
        control.startAgain();
    }

    private static void moves(ControlProcess control, Postgres postgres) {
        control.use(postgres);
        var refused = control.operator("--move-from-sqlite").attempt();
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.output()).contains("A control plane is running on");

        control.crash();
        assertThat(control.operator("--move-from-sqlite").run())
                .contains("every one compared", "unbroken", "Next: start the control plane");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
