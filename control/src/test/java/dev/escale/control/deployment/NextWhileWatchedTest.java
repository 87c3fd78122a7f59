package dev.escale.control.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl;
import dev.escale.control.db.TestDatabase;
import dev.escale.protocol.Ending;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Order;
import dev.escale.protocol.Step;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The next deployment is sent while the one before is watched; what is told of each stays true. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class NextWhileWatchedTest {
    @Parameter TestDatabase.Kind kind;

    private RunningControl control;
    private PlayedAgent agent;
    private Order.Deploy watched;

    @BeforeEach
    void start() {
        control = RunningControl.start(kind);
        agent = PlayedAgent.join(control, "web-1");
        post(
                "apps",
                """
                {"name":"Shop","server":"web-1","branch":"main",
                 "source":{"type":"git","url":"https://git.example.com/shop.git"}}
                """);
        agent.goesLive(deploy());
        await(() -> deployment(1).hasNonNull("endedAt"));
        watched = deploy();
        agent.switched(watched.deployment(), watched.spec().id(), watched.release());
        await(() -> status(2).equals("live"));
    }

    @AfterEach
    void stop() {
        agent.close();
        control.close();
    }

    @Test
    void itBuildsAtOnceAndTheOneAfterItWaitsForIt() {
        Order.Deploy next = build();
        assertThat(deployment(2).get("current").asBoolean()).isTrue();
        assertThat(deployment(2).hasNonNull("endedAt")).isFalse();
        post("apps/shop/deployments", "{}");
        assertThat(deployment(4).get("reasonCode").asString())
                .isEqualTo("deployment.waitsForOther");
        assertThat(deployment(4).get("reason").asString()).contains("deployment 3");

        end(watched, Ending.LIVE, 2L, null);
        await(() -> deployment(2).hasNonNull("endedAt"));
        assertThat(deployment(4).get("reason").asString()).contains("deployment 3");
        assertThat(agent.idle()).isTrue();

        agent.switched(next.deployment(), next.spec().id(), next.release());
        Order.Deploy last = agent.order(Order.Deploy.class);
        assertThat(last.deployment()).isEqualTo(deployment(4).get("id").asString());
        assertThat(last.release()).isEqualTo(4);
        assertThat(deployment(3).get("current").asBoolean()).isTrue();
        assertThat(deployment(2).get("current").asBoolean()).isFalse();
        end(next, Ending.LIVE, 3L, null);
        agent.goesLive(last);
        await(() -> deployment(4).hasNonNull("endedAt"));
        assertThat(deployment(4).get("current").asBoolean()).isTrue();
        assertThat(release()).isEqualTo(4);
    }

    @Test
    void whatIsTakenBackMeanwhileDoesNotTouchIt() {
        Order.Deploy next = build();

        end(
                watched,
                Ending.ROLLED_BACK,
                1L,
                Note.of(Notes.WATCH_DIED, "seconds", "4", "code", "9"));
        await(() -> status(2).equals("rolledBack"));
        assertThat(release()).isEqualTo(1);
        assertThat(deployment(1).get("current").asBoolean()).isTrue();
        assertThat(status(3)).isEqualTo("running");

        agent.switched(next.deployment(), next.spec().id(), next.release());
        end(next, Ending.LIVE, 3L, null);
        await(() -> deployment(3).hasNonNull("endedAt"));
        assertThat(release()).isEqualTo(3);
        assertThat(deployment(3).get("current").asBoolean()).isTrue();
        JsonNode releases = control.get("/api/v1/apps/shop/releases").json().get("items");
        assertThat(releases.valueStream().filter(each -> each.get("kept").asBoolean()))
                .extracting(each -> each.get("number").asLong())
                .containsExactly(3L, 1L);
    }

    @Test
    void aBuildThatFailsOrIsCancelledLeavesWhatIsWatched() {
        Order.Deploy failing = build();
        end(
                failing,
                Ending.FAILED,
                2L,
                Note.of(Notes.BUILD_COMMAND_FAILED, "command", "x", "code", "1"));
        await(() -> status(3).equals("failed"));
        assertThat(deployment(2).get("current").asBoolean()).isTrue();

        Order.Deploy cancelled = build();
        agent.working(cancelled.deployment(), Step.START, Note.of(Notes.WAITS_FOR_WATCH));
        await(() -> step(cancelled).get("text").asString("").contains("still being watched"));
        post("deployments/" + cancelled.deployment() + "/cancel", "{}");
        assertThat(agent.order(Order.Cancel.class).deployment()).isEqualTo(cancelled.deployment());
        end(cancelled, Ending.CANCELLED, 2L, Note.of(Notes.DEPLOYMENT_CANCELLED));
        await(() -> status(4).equals("cancelled"));
        assertThat(step(cancelled).get("state").asString()).isEqualTo("stopped");
        assertThat(step(cancelled).get("text").isNull()).isTrue();

        assertThat(deployment(2).hasNonNull("endedAt")).isFalse();
        end(watched, Ending.LIVE, 2L, null);
        await(() -> deployment(2).hasNonNull("endedAt"));
        assertThat(release()).isEqualTo(2);
    }

    @Test
    void aRollbackEndsTheBuildAndWaitsForNoWatch() {
        Order.Deploy building = build();

        var plan = control.send("POST", "/api/v1/apps/shop/rollback?dryRun=true", "{}").json();
        assertThat(plan.at("/plan/changes").toString())
                .contains("Deployment 3")
                .doesNotContain("Deployment 2");
        post("apps/shop/rollback", "{}");
        assertThat(agent.order(Order.Cancel.class).deployment()).isEqualTo(building.deployment());
        end(building, Ending.CANCELLED, 2L, Note.of(Notes.DEPLOYMENT_CANCELLED));
        Order.Serve back = agent.order(Order.Serve.class);
        assertThat(back.release()).isEqualTo(1);
        assertThat(deployment(2).hasNonNull("endedAt")).isFalse();

        end(watched, Ending.LIVE, 2L, null);
        agent.served(back);
        await(() -> deployment(4).hasNonNull("endedAt"));
        assertThat(status(2)).isEqualTo("live");
        assertThat(status(3)).isEqualTo("cancelled");
        assertThat(deployment(4).get("current").asBoolean()).isTrue();
    }

    @Test
    void changedVariablesWaitForTheWatchAndReachWhatServesThen() {
        control.send("PATCH", "/api/v1/apps/shop/env", "{\"set\":{\"MOOD\":{\"value\":\"calm\"}}}");
        assertThat(status(3)).isEqualTo("queued");
        assertThat(deployment(3).get("reason").asString()).contains("deployment 2");
        assertThat(agent.idle()).isTrue();

        end(
                watched,
                Ending.ROLLED_BACK,
                1L,
                Note.of(Notes.WATCH_DIED, "seconds", "4", "code", "9"));

        Order.Serve again = agent.order(Order.Serve.class);
        assertThat(again.release()).isEqualTo(1);
        assertThat(again.env()).containsKey("MOOD");
        agent.served(again);
        await(() -> deployment(3).hasNonNull("endedAt"));
    }

    private Order.Deploy build() {
        Order.Deploy next = deploy();
        agent.output(next.deployment(), 1, "building");
        await(() -> status((int) next.release()).equals("running"));
        return next;
    }

    private void end(Order.Deploy order, Ending ending, Long serving, Note reason) {
        agent.ended(order.deployment(), order.spec().id(), ending, serving, reason);
    }

    private Order.Deploy deploy() {
        post("apps/shop/deployments", "{}");
        return agent.order(Order.Deploy.class);
    }

    private JsonNode step(Order.Deploy order) {
        return control.get("/api/v1/deployments/" + order.deployment()).json().at("/steps/0");
    }

    private String status(int number) {
        return deployment(number).get("status").asString();
    }

    private long release() {
        return control.get("/api/v1/apps/shop").json().get("release").asLong();
    }

    private JsonNode deployment(int number) {
        return control.get("/api/v1/apps/shop/deployments")
                .json()
                .get("items")
                .valueStream()
                .filter(each -> each.get("number").asInt() == number)
                .findFirst()
                .orElseThrow();
    }

    private void post(String path, String json) {
        var answer = control.send("POST", "/api/v1/" + path, json);
        assertThat(answer.status()).as(answer.body()).isBetween(200, 202);
    }

    private static void await(BooleanSupplier condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(50))
                .until(condition::getAsBoolean);
    }
}
