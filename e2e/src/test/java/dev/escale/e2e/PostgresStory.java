package dev.escale.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.testkit.stack.App;
import dev.escale.testkit.stack.LocalStack;
import dev.escale.testkit.stack.SampleApp;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The main job with everything in PostgreSQL, under a role that row-level security binds. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PostgresStory {

    @Test
    void pushFailureRollbackAndRestartWorkOnPostgres() {
        try (LocalStack stack = LocalStack.onPostgres()) {
            App app = stack.app("hello");
            app.goLive("release one");
            assertThat(app.fetchText()).isEqualTo("release one");
            app.awaitSettled();

            app.goLive("release two");
            assertThat(app.fetchText()).isEqualTo("release two");
            app.awaitSettled();

            SampleApp.program(app.repo(), "process.exit(1)");
            app.push("Die at once");
            app.awaitStatus("failed");
            assertThat(app.fetchText()).isEqualTo("release two");

            stack.control().api().post("apps/" + app.id() + "/rollback", Map.of());
            app.awaitStatus("live");
            assertThat(app.fetchText()).isEqualTo("release one");

            stack.control().crash();
            assertThat(app.fetchText()).isEqualTo("release one");
            stack.control().startAgain();
            stack.agent().awaitOnline();
            assertThat(app.deployments()).hasSize(4);
        }
    }
}
