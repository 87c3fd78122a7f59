package dev.escale.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.testkit.Workplace;
import dev.escale.testkit.control.AgentProcess;
import dev.escale.testkit.control.Json;
import dev.escale.testkit.control.Postgres;
import dev.escale.testkit.program.Program;
import dev.escale.testkit.program.Running;
import dev.escale.testkit.program.Wait;
import dev.escale.testkit.stack.App;
import dev.escale.testkit.stack.LocalStack;
import dev.escale.testkit.stack.SampleApp;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What came too late or was altered where it lay: rows are changed as time or a burglar would. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ExpiryStory {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private LocalStack stack;
    private Postgres postgres;

    @BeforeAll
    void start() {
        stack = LocalStack.onPostgres();
        postgres = stack.postgres().orElseThrow();
    }

    @AfterAll
    void end() {
        stack.close();
    }

    @Test
    void expiredRegistrationTokenSaysWhatToDo() {
        Json added = stack.control().api().post("servers", Map.of("name", "late"));
        postgres.change(
                "update registration_token set expires_at = created_at where server = '%s'"
                        .formatted(added.text("id")));
        try (Workplace home = Workplace.fresh()) {
            Program.Ended ended =
                    AgentProcess.join(
                                    stack.control(),
                                    added.text("registrationToken"),
                                    Map.of(
                                            "ESCALE_AGENT_HOME",
                                            home.folder().resolve("agent").toString(),
                                            "ESCALE_AGENT_NGINX",
                                            "private"))
                            .attempt();

            assertThat(ended.exit()).isEqualTo(1);
            assertThat(ended.output())
                    .contains("expired", "new install command")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void timesThatAreChangedInTheDatabaseChangeNoOrder() {
        App app = stack.app("late");
        app.goLive("release one");
        app.awaitSettled();
        stack.agent().freeze();
        try (Running push = pushInTheDark(app)) {
            postgres.change("update command set expires_at = created_at where " + waiting(app));
            wakeAgent();

            app.awaitStatus("live");
            assertThat(push.pid()).isPositive();
        }
        assertThat(postgres.count(outcomes(app, "command.expired"))).isZero();
        assertThat(postgres.count(outcomes(app, "refused"))).isZero();
        assertThat(app.fetchText()).isEqualTo("release two");
    }

    @Test
    void orderThatWasAlteredInTheDatabaseIsNotCarriedOutAndTheLastReleaseServes() {
        App app = stack.app("altered");
        app.goLive("release one");
        app.awaitSettled();
        stack.agent().freeze();
        try (Running push = pushInTheDark(app)) {
            postgres.change(
                    "update command set payload = set_byte(payload, length(payload) - 1,"
                            + " (get_byte(payload, length(payload) - 1) + 1) % 256) where "
                            + waiting(app));
            wakeAgent();

            Json failed = app.awaitStatus("failed");
            assertThat(failed.text("reason")).contains("altered");
            Wait.until("the push to end", PATIENCE, () -> !push.alive());
            assertThat(push.output()).contains("altered");
        }
        assertThat(app.fetchText()).isEqualTo("release one");
        app.goLive("release three");
        assertThat(app.fetchText()).isEqualTo("release three");
    }

    /** A push whose order is on its way to an agent that stands still. */
    private Running pushInTheDark(App app) {
        SampleApp.answers(app.repo(), "release two");
        app.repo().commit("Say release two");
        Running push = app.repo().pushInBackground(stack.folder().resolve("dark.log"));
        Wait.until(
                "the order to be on its way",
                PATIENCE,
                () -> postgres.count("select count(*) from command where " + waiting(app)) == 1);
        return push;
    }

    private void wakeAgent() {
        stack.agent().crash();
        stack.agent().startAgain();
        stack.agent().awaitOnline();
    }

    private static String waiting(App app) {
        return "status in ('queued', 'sent') and app = '" + app.id() + "'";
    }

    private static String outcomes(App app, String code) {
        return "select count(*) from command where app = '%s' and outcome like '%%%s%%'"
                .formatted(app.id(), code);
    }
}
