package dev.escale.control.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl;
import dev.escale.control.app.App;
import dev.escale.control.app.Apps;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.operation.Actor;
import dev.escale.control.server.Servers;
import dev.escale.protocol.Ending;
import dev.escale.protocol.Order;
import java.time.Clock;
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

/** What an agent does not bring to its end: time passes as the test says. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class OverseerTest {
    @Parameter TestDatabase.Kind kind;

    private RunningControl control;
    private PlayedAgent agent;

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
    }

    @AfterEach
    void stop() {
        agent.close();
        control.close();
    }

    @Test
    void whatTakesTooLongIsCancelledAtItsAgentOnceAndThenGivenUp() {
        Order.Deploy order = running();
        after(Duration.ofMinutes(30)).look();
        assertThat(deployment(1).hasNonNull("reasonCode")).isFalse();

        after(Duration.ofSeconds(31 * 60 + 30)).look();
        assertThat(agent.order(Order.Cancel.class).deployment()).isEqualTo(order.deployment());
        assertThat(status(1)).isEqualTo("running");
        assertThat(deployment(1).get("reasonCode").asString()).isEqualTo("deployment.timeLimit");
        after(Duration.ofSeconds(31 * 60 + 40)).look();
        assertThat(status(1)).isEqualTo("running");

        after(Duration.ofMinutes(33)).look();
        assertThat(status(1)).isEqualTo("failed");
        assertThat(deployment(1).get("reason").asString()).contains("30 minutes");
        post("apps/shop/deployments", "{}");
        assertThat(agent.order(Order.class)).isInstanceOf(Order.Deploy.class);

        // the agent's word is what is true
        agent.switched(order.deployment(), order.spec().id(), order.release());
        await(() -> status(1).equals("live"));
        assertThat(deployment(1).get("current").asBoolean()).isTrue();
    }

    @Test
    void aServersOwnLimitGivesItsDeploymentsMoreTime() {
        agent.grant(Duration.ofHours(2));
        Order.Deploy order = running();

        after(Duration.ofMinutes(100)).look();
        assertThat(deployment(1).hasNonNull("reasonCode")).isFalse();
        assertThat(status(1)).isEqualTo("running");

        after(Duration.ofSeconds(121 * 60 + 30)).look();
        assertThat(agent.order(Order.Cancel.class).deployment()).isEqualTo(order.deployment());
        assertThat(deployment(1).get("reason").asString()).contains("120 minutes");
    }

    @Test
    void nothingIsDecidedWhileTheServerIsAway() {
        running();
        agent.vanish();
        await(() -> "offline".equals(serverState()));

        after(Duration.ofHours(5)).look();

        assertThat(status(1)).isEqualTo("running");
        assertThat(deployment(1).get("reasonCode").asString()).isEqualTo("deployment.serverAway");
        agent.connect();
        await(() -> "online".equals(serverState()));
        after(Duration.ofHours(5)).look();
        assertThat(agent.order(Order.Cancel.class)).isNotNull();
    }

    @Test
    void aWatchWhoseEndNobodyTellsEndsAndWhatBuildsBesideItIsCancelled() {
        Order.Deploy watched = running();
        agent.switched(watched.deployment(), watched.spec().id(), watched.release());
        await(() -> status(1).equals("live"));
        Order.Deploy building = running();

        after(Duration.ofSeconds(31 * 60 + 30)).look();

        assertThat(deployment(1).hasNonNull("endedAt")).isTrue();
        assertThat(status(1)).isEqualTo("live");
        assertThat(deployment(1).get("current").asBoolean()).isTrue();
        assertThat(agent.order(Order.Cancel.class).deployment()).isEqualTo(building.deployment());
        assertThat(status(2)).isEqualTo("running");
        agent.ended(building.deployment(), building.spec().id(), Ending.CANCELLED, 1L, null);
        await(() -> status(2).equals("cancelled"));
    }

    @Test
    void whatACrashLeftInTheQueueIsTakenForward() {
        TeamId team = control.bean(TeamLookup.class).all().getFirst();
        App app = control.bean(Apps.class).all(team).getFirst();
        var left =
                control.bean(DeploymentLedger.class)
                        .queue(app, Actor.system(team), Trigger.MANUAL, Revision.UNKNOWN, null);

        after(Duration.ZERO).look();

        assertThat(agent.order(Order.Deploy.class).deployment()).isEqualTo(left.id().value());
    }

    private Overseer after(Duration time) {
        return new Overseer(
                control.bean(Database.class),
                control.bean(TeamLookup.class),
                control.bean(Apps.class),
                control.bean(Servers.class),
                control.bean(DeploymentLedger.class),
                control.bean(Deployer.class),
                control.bean(Dispatch.class),
                Clock.offset(Clock.systemUTC(), time));
    }

    private Order.Deploy running() {
        post("apps/shop/deployments", "{}");
        Order.Deploy order = agent.order(Order.Deploy.class);
        agent.output(order.deployment(), 1, "building");
        await(() -> status((int) order.release()).equals("running"));
        return order;
    }

    private String serverState() {
        return control.get("/api/v1/servers/web-1").json().get("state").asString();
    }

    private String status(int number) {
        return deployment(number).get("status").asString();
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
