package dev.escale.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.testkit.load.Load;
import dev.escale.testkit.load.LoadResult;
import dev.escale.testkit.stack.App;
import dev.escale.testkit.stack.LocalStack;
import dev.escale.testkit.stack.SampleApp;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** No request fails, whatever is deployed meanwhile. */
@ExtendWith(OnLocalStack.class)
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class ZeroFailureStory {

    @Test
    void noRequestFailsDuringFiveDeploysARollbackAndAFailedDeploy(LocalStack stack) {
        App app = stack.app("zero");
        app.goLive("release 0");
        app.awaitSettled();

        try (Load load =
                Load.on(
                        app.url(),
                        stack.control().root(),
                        6,
                        200,
                        body -> body.startsWith("release "))) {
            for (int release = 1; release <= 5; release++) {
                app.goLive("release " + release);
                app.awaitSettled();
            }
            stack.control().api().post("apps/" + app.id() + "/rollback", Map.of());
            app.awaitStatus("live");
            app.awaitSettled();
            SampleApp.program(app.repo(), "process.exit(1)");
            app.push("Die at once");
            app.awaitStatus("failed");
            LoadResult result = load.stop();

            assertThat(result.failures()).isEmpty();
            assertThat(result.failed()).isZero();
            assertThat(result.requests()).isGreaterThan(3_000);
            assertThat(result.bodies())
                    .containsKeys(
                            "release 0",
                            "release 1",
                            "release 2",
                            "release 3",
                            "release 4",
                            "release 5");
        }
        assertThat(app.fetchText()).isEqualTo("release 4");
    }
}
