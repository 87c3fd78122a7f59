package dev.escale.control.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl;
import dev.escale.control.api.DescribedAnswers;
import dev.escale.control.app.AppId;
import dev.escale.control.app.Apps;
import dev.escale.control.app.UnfinishedRemovals;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.db.TestDatabase;
import dev.escale.protocol.AppState;
import dev.escale.protocol.Ending;
import dev.escale.protocol.Holding;
import dev.escale.protocol.Note;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import dev.escale.protocol.Step;
import dev.escale.protocol.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Apps and deployments through the REST door, on both databases, with an agent that is played. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class DeploymentsOverRestTest {
    @Parameter TestDatabase.Kind kind;

    private RunningControl control;
    private PlayedAgent agent;

    @BeforeEach
    void start() {
        control = RunningControl.start(kind);
        agent = PlayedAgent.join(control, "web-1");
        var made =
                post(
                        "apps",
                        """
                        {"name":"Shop","server":"web-1","branch":"main",
                         "source":{"type":"git","url":"https://git.example.com/shop.git"}}
                        """);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.json().get("url").asString()).startsWith("https://shop.");
    }

    @AfterEach
    void stop() {
        agent.close();
        control.close();
    }

    @Test
    void environmentAndRollbackServeKeptReleasesWithoutABuild() {
        Order.Deploy first = deploy();
        agent.goesLive(first);
        ended(1);
        var set =
                control.send(
                        "PATCH",
                        "/api/v1/apps/shop/env",
                        """
                        {"set":{"GREETING":{"value":"hello","secret":false},"KEY":{"value":"s3cret"}}}
                        """);
        Order.Serve withEnvironment = agent.order(Order.Serve.class);
        agent.served(withEnvironment);
        ended(2);

        assertThat(first.source().url()).isEqualTo("https://git.example.com/shop.git");
        assertThat(first.source().token()).isNull();
        assertThat(set.status()).isEqualTo(200);
        assertThat(set.body()).contains("hello").doesNotContain("s3cret");
        assertThat(control.get("/api/v1/apps/shop/env").body()).doesNotContain("s3cret");
        assertThat(withEnvironment.release()).isEqualTo(1);
        assertThat(withEnvironment.env().get("KEY").value()).isEqualTo("s3cret");
        assertThat(withEnvironment.env().get("KEY").secret()).isTrue();
        assertThat(deployment(2).get("trigger").asString()).isEqualTo("environment");
        assertThat(deployment(2).get("path").asString()).isEqualTo("none");

        agent.goesLive(deploy());
        ended(3);
        var back = post("apps/shop/rollback", "{}");
        Order.Serve rollback = agent.order(Order.Serve.class);
        agent.served(rollback);
        ended(4);

        assertThat(back.status()).isEqualTo(201);
        assertThat(rollback.release()).isEqualTo(1);
        TeamId home = control.bean(TeamLookup.class).all().iterator().next();
        AppOverview shown =
                control.bean(AppParts.class)
                        .overview(control.bean(Apps.class).all(home).getFirst());
        assertThat(shown.isStatic()).isTrue();
        assertThat(shown.telling().orElseThrow().deployment().number()).isEqualTo(1);
        assertThat(deployment(4).get("current").asBoolean()).isTrue();
        assertThat(deployment(3).get("status").asString()).isEqualTo("live");
        assertThat(deployment(3).get("current").asBoolean()).isFalse();
        JsonNode releases = control.get("/api/v1/apps/shop/releases").json().get("items");
        assertThat(releases.size()).isEqualTo(2);
        assertThat(releases.get(1).get("current").asBoolean()).isTrue();
        assertThat(post("apps/shop/rollback", "{\"release\":9}").json().get("code").asString())
                .isEqualTo("rollback.notKept");
    }

    @Test
    void addressesThatAnAgentWouldRefuseAreRefusedAtOnce() {
        for (String url : List.of("file:///srv/shop.git", "http://git.example.com/a", "/srv/a")) {
            var refused =
                    post(
                            "apps",
                            """
                            {"name":"other","server":"web-1",
                             "source":{"type":"git","url":"%s"}}
                            """
                                    .formatted(url));

            assertThat(refused.status()).as(url).isEqualTo(422);
            assertThat(refused.body()).contains("app.urlInvalid", "https or git");
        }
        for (String url : List.of("ssh://git@example.com/a.git", "git@example.com:ada/a.git")) {
            var refused =
                    post(
                            "apps",
                            """
                            {"name":"other","server":"web-1",
                             "source":{"type":"git","url":"%s"}}
                            """
                                    .formatted(url));

            assertThat(refused.body()).contains("app.urlSsh");
        }
    }

    @Test
    void appsMayBeCalledAsOurPathsAreButNotAsTheFormThatMakesThem() {
        for (String name : List.of("api", "www", "Escale", "Settings")) {
            assertThat(
                            post("apps", "{\"name\":\"%s\",\"server\":\"web-1\"}".formatted(name))
                                    .status())
                    .as(name)
                    .isEqualTo(201);
        }

        assertThat(post("apps", "{\"name\":\"New!\",\"server\":\"web-1\"}").body())
                .contains("app.nameReserved");
    }

    @Test
    void appliedPlanOfVariablesShowsNoSecret() {
        String plan =
                control.send(
                                "PATCH",
                                "/api/v1/apps/shop/env?dryRun=true",
                                "{\"set\":{\"KEY\":{\"value\":\"s3cret\"}}}")
                        .json()
                        .get("planId")
                        .asString();

        var applied = post("plans/" + plan + "/apply", "{}");

        assertThat(applied.json().at("/variables/KEY/secret").asBoolean()).isTrue();
        assertThat(applied.body()).doesNotContain("s3cret");
    }

    @Test
    void statusNeverSaysMoreThanTheAgentReported() {
        Order.Deploy order = deploy();
        assertThat(deployment(1).get("status").asString()).isEqualTo("queued");
        agent.output(order.deployment(), 1, "one", "two");
        agent.output(order.deployment(), 2, "two", "three");
        agent.step(order.deployment(), Step.DETECT, StepState.WORKING);
        await(() -> deployment(1).get("status").asString().equals("running"));
        assertThat(control.get("/api/v1/apps/shop").json().get("state").asString())
                .isEqualTo("new");
        var log = "/api/v1/deployments/" + order.deployment() + "/log?format=json&from=2";
        await(() -> control.get(log).json().get("items").size() == 2);
        agent.ended(
                order.deployment(),
                order.spec().id(),
                Ending.FAILED,
                null,
                Note.of("detect.nothingToStart"),
                "last words");
        ended(1);

        JsonNode failed = control.get("/api/v1/deployments/" + order.deployment()).json();
        assertThat(failed.get("status").asString()).isEqualTo("failed");
        assertThat(failed.get("reasonCode").asString()).isEqualTo("detect.nothingToStart");
        assertThat(failed.at("/steps/0/state").asString()).isEqualTo("stopped");
        JsonNode app = control.get("/api/v1/apps/shop").json();
        assertThat(app.get("state").asString()).isEqualTo("failed");
        assertThat(app.get("lastStatus").asString()).isEqualTo("failed");
        assertThat(failed.get("evidence").get(0).get("text").asString()).isEqualTo("last words");
        assertThat(control.get(log).json().get("items").get(1).get("text").asString())
                .isEqualTo("three");
        assertThat(post("deployments/" + order.deployment() + "/cancel", "{}").status())
                .isEqualTo(409);
    }

    @Test
    void outputThatIsLeftOutIsCountedInItsPlace() {
        Order.Deploy order = deploy();
        String id = order.deployment();
        agent.output(id, 1, "one");
        agent.output(id, 11, "eleven"); // the agent's store was full meanwhile
        await(() -> logged(id).contains("eleven"));
        assertThat(logged(id).lines().toList())
                .containsExactly(
                        "one",
                        "9 lines of output are missing: the server had no room to keep them while"
                                + " it was away",
                        "eleven");
        String[] batch = Collections.nCopies(200, "x".repeat(4096)).toArray(String[]::new);
        for (int i = 0; i < 24; i++) {
            agent.output(id, 12 + i * 200, batch);
        }
        agent.output(id, 12 + 24 * 200, "the last one");

        await(() -> logged(id).contains("left out") && leftOut(id) % 200 == 1);
        List<String> log = logged(id).lines().toList();
        assertThat(leftOut(id)).isEqualTo(24 * 200 + 1 - (log.size() - 4));
        assertThat(log.size()).isBetween(3900, 4300);
        agent.ended(id, order.spec().id(), Ending.FAILED, null, Note.of("agent.restarted"), "x");
        ended(1);
    }

    @Test
    void answersAreAsOpenApiDescribesThem() {
        agent.goesLive(deploy());
        ended(1);
        control.send("PATCH", "/api/v1/apps/shop/env", "{\"set\":{\"MOOD\":{\"value\":\"calm\"}}}");
        String id = deployment(1).get("id").asString();
        String server =
                control.get("/api/v1/servers").json().get("items").get(0).get("id").asString();
        var described = new DescribedAnswers(control.get("/api/v1/openapi.json").json());
        var faults = new ArrayList<String>();
        var real =
                Map.of(
                        "/api/v1/apps", "/api/v1/apps",
                        "/api/v1/apps/{app}", "/api/v1/apps/shop",
                        "/api/v1/apps/{app}/env", "/api/v1/apps/shop/env",
                        "/api/v1/apps/{app}/deployments", "/api/v1/apps/shop/deployments",
                        "/api/v1/deployments/{id}", "/api/v1/deployments/" + id,
                        "/api/v1/servers", "/api/v1/servers",
                        "/api/v1/servers/{id}", "/api/v1/servers/" + server,
                        "/api/v1/tokens", "/api/v1/tokens",
                        "/api/v1/audit", "/api/v1/audit");
        real.forEach(
                (path, asked) ->
                        described
                                .faults("get", path, control.get(asked).json())
                                .forEach(fault -> faults.add("GET " + path + ": " + fault)));
        var changes = Map.of("{}", "", "{\"branch\":\"main\"}", "?dryRun=true");
        changes.forEach(
                (body, query) ->
                        described
                                .faults(
                                        "patch",
                                        "/api/v1/apps/{app}",
                                        control.send("PATCH", "/api/v1/apps/shop" + query, body)
                                                .json())
                                .forEach(fault -> faults.add("PATCH " + body + ": " + fault)));

        assertThat(faults).isEmpty();
    }

    @Test
    void anOrderThatCameTooLateIsGivenAnew() {
        Order.Deploy late = deploy();
        agent.refuses(late, Note.of("command.expired", "expired", "an hour ago"));

        Order.Deploy anew = agent.order(Order.Deploy.class);

        assertThat(anew.deployment()).isEqualTo(late.deployment());
        agent.goesLive(anew);
        ended(1);
        assertThat(deployment(1).get("status").asString()).isEqualTo("live");
    }

    @Test
    void whatServesIsLiveThoughItsAgentFailedAfterwards() {
        Order.Deploy order = deploy();
        String app = order.spec().id();
        agent.switched(order.deployment(), app, order.release());
        agent.ended(
                order.deployment(),
                app,
                Ending.FAILED,
                order.release(),
                Note.of("agent.restarted"),
                "x");
        ended(1);

        assertThat(deployment(1).get("status").asString()).isEqualTo("live");
        assertThat(deployment(1).get("current").asBoolean()).isTrue();
        assertThat(control.get("/api/v1/apps/shop/releases").json().get("items")).hasSize(1);
    }

    @Test
    void anOrderThatWasNeverSentIsGivenAnew() {
        Order.Deploy late = deploy();
        agent.refuses(late, Note.of("command.neverSent"));

        agent.goesLive(agent.order(Order.Deploy.class));
        ended(1);

        assertThat(deployment(1).get("status").asString()).isEqualTo("live");
    }

    @Test
    void aCancelledDeploymentDoesNotComeBackWhenItsOrderCameTooLate() {
        Order.Deploy late = deploy();
        assertThat(post("deployments/" + late.deployment() + "/cancel", "{}").status())
                .isEqualTo(200);
        agent.refuses(late, Note.of("command.expired", "expired", "an hour ago"));
        ended(1);

        assertThat(deployment(1).get("status").asString()).isEqualTo("cancelled");
        assertThat(deployment(1).get("reasonCode").asString()).isEqualTo("deployment.cancelledBy");
        agent.goesLive(deploy());
        ended(2);
        assertThat(deployment(2).get("status").asString()).isEqualTo("live");
    }

    @Test
    void manySmallPiecesOfOutputAreReadToTheirEnd() {
        Order.Deploy order = deploy();
        String id = order.deployment();
        for (int line = 1; line <= 130; line++) {
            agent.output(id, line, "line " + line);
        }
        await(() -> logged(id).contains("line 130"));
        var outputs = control.bean(DeploymentOutputs.class);
        TeamId team = control.bean(TeamLookup.class).all().getFirst();

        assertThat(outputs.last(team, new DeploymentId(id), 1000)).hasSize(130);
        assertThat(outputs.lines(team, new DeploymentId(id), 20, 100))
                .hasSize(100)
                .last()
                .satisfies(last -> assertThat(last.number()).isEqualTo(119));
        agent.ended(id, order.spec().id(), Ending.FAILED, null, Note.of("agent.restarted"), "x");
        ended(1);
    }

    @Test
    void outputIsKeptOfTheNewestDeploymentsOnlyAndThePlaceOfTheRestSaysSo() {
        Order.Deploy first = deploy();
        agent.output(first.deployment(), 1, "one", "two", "three");
        agent.goesLive(first);
        ended(1);
        var outputs = control.bean(DeploymentOutputs.class);
        TeamId team = control.bean(TeamLookup.class).all().getFirst();
        AppId app = new AppId(first.spec().id());
        String whole = logged(first.deployment());

        outputs.forgetOld(team, app, DeploymentOutputs.KEPT);
        assertThat(logged(first.deployment())).isEqualTo(whole);

        outputs.forgetOld(team, app, DeploymentOutputs.KEPT + 1);
        outputs.forgetOld(team, app, DeploymentOutputs.KEPT + 2);
        assertThat(logged(first.deployment()).lines())
                .singleElement()
                .asString()
                .contains("lines of output are not kept any more");
    }

    private String logged(String deployment) {
        return control.get("/api/v1/deployments/" + deployment + "/log").body();
    }

    private int leftOut(String deployment) {
        String last = logged(deployment).lines().toList().getLast();
        return Integer.parseInt(last.split(" ")[0].replace(",", ""));
    }

    @Test
    void theRecordSaysHowADeploymentEndedAndThatAReleaseWasTakenBack() {
        Order.Deploy first = deploy();
        agent.goesLive(first);
        ended(1);
        Order.Deploy second = deploy();
        String app = second.spec().id();
        agent.switched(second.deployment(), app, second.release());
        agent.ended(
                second.deployment(),
                app,
                Ending.ROLLED_BACK,
                first.release(),
                Note.of("watch.died", "seconds", "8", "code", "7"),
                "last words");
        ended(2);

        List<JsonNode> endings =
                control.get("/api/v1/audit")
                        .json()
                        .get("items")
                        .valueStream()
                        .filter(entry -> entry.get("action").asString().equals("deployment.end"))
                        .toList();
        assertThat(endings)
                .extracting(entry -> entry.get("outcome").asString())
                .containsExactly("rolledBack", "done");
        JsonNode takenBack = endings.getFirst();
        assertThat(takenBack.get("phase").asString()).isEqualTo("event");
        assertThat(takenBack.get("actor").get("type").asString()).isEqualTo("agent");
        assertThat(takenBack.get("target").get("name").asString()).isEqualTo("Shop");
        assertThat(takenBack.get("detail").get("reason").asString()).isEqualTo("watch.died");
        assertThat(control.get("/api/v1/apps/shop").json().get("release").asLong())
                .isEqualTo(first.release());
    }

    @Test
    void goesOnAfterTheControlPlaneWasStartedAgain() {
        Order.Deploy order = deploy();
        agent.output(order.deployment(), 1, "one");
        await(() -> deployment(1).get("status").asString().equals("running"));
        control.restart();
        agent.connect();
        agent.goesLive(order);
        ended(1);

        assertThat(deployment(1).get("status").asString()).isEqualTo("live");
        post("apps/shop/deployments", "{}");
        assertThat(agent.order(Order.Deploy.class).release()).isEqualTo(2);
    }

    @Test
    void aRollbackBringsTheVariablesOfThenBackWhenThatIsAskedFor() {
        setVariables(
                "{\"set\":{\"MOOD\":{\"value\":\"calm\",\"secret\":false},\"KEY\":{\"value\":\"k1\",\"secret\":true}}}");
        agent.goesLive(deploy());
        ended(1);
        setVariables(
                "{\"set\":{\"MOOD\":{\"value\":\"wild\",\"secret\":false},\"EXTRA\":{\"value\":\"x\",\"secret\":false}},\"unset\":[\"KEY\"]}");
        agent.served(agent.order(Order.Serve.class));
        ended(2);
        agent.goesLive(deploy());
        ended(3);
        setVariables("{\"set\":{\"MOOD\":{\"value\":\"angry\",\"secret\":false}}}");
        agent.served(agent.order(Order.Serve.class));
        ended(4);

        JsonNode plan =
                control.send(
                                "POST",
                                "/api/v1/apps/shop/rollback?dryRun=true",
                                "{\"release\":1,\"configuration\":\"then\"}")
                        .json();
        post("apps/shop/rollback", "{\"release\":1,\"configuration\":\"then\"}");
        Order.Serve back = agent.order(Order.Serve.class);
        agent.served(back);
        ended(5);

        assertThat(plan.at("/plan/changes").toString())
                .contains("MOOD gets the value back")
                .doesNotContain("wild", "angry");
        assertThat(back.env().get("MOOD").value()).isEqualTo("wild");
        assertThat(back.env()).containsOnlyKeys("MOOD", "EXTRA");
        JsonNode variables = control.get("/api/v1/apps/shop/env").json().get("variables");
        assertThat(variables.get("MOOD").get("value").asString()).isEqualTo("wild");
        assertThat(
                        post("apps/shop/rollback", "{\"configuration\":\"yesterday\"}")
                                .json()
                                .at("/faults/0/message")
                                .asString())
                .contains("then, now");
    }

    @Test
    void aDeploymentWhoseServerIsAwaySaysSoUntilItIsBack() {
        Order.Deploy order = deploy();
        agent.output(order.deployment(), 1, "one");
        await(() -> deployment(1).get("status").asString().equals("running"));

        agent.vanish();
        await(() -> deployment(1).get("reasonCode").asString("").equals("deployment.serverAway"));
        assertThat(deployment(1).get("status").asString()).isEqualTo("running");
        agent.connect();
        await(() -> deployment(1).get("reasonCode").isNull());
        agent.goesLive(order);
        ended(1);

        assertThat(deployment(1).get("status").asString()).isEqualTo("live");
    }

    @Test
    void aRollbackEndsABuildThatIsUnderWay() {
        agent.goesLive(deploy());
        ended(1);
        agent.goesLive(deploy());
        ended(2);
        Order.Deploy building = deploy();
        agent.output(building.deployment(), 1, "building");
        await(() -> deployment(3).get("status").asString().equals("running"));

        var plan = control.send("POST", "/api/v1/apps/shop/rollback?dryRun=true", "{}");
        post("apps/shop/rollback", "{}");
        Order.Cancel cancel = agent.order(Order.Cancel.class);
        agent.ended(
                building.deployment(),
                building.spec().id(),
                Ending.CANCELLED,
                2L,
                Note.of("deployment.cancelled"));
        Order.Serve back = agent.order(Order.Serve.class);
        agent.served(back);
        ended(4);

        assertThat(plan.json().at("/plan/changes").toString()).contains("Deployment 3");
        assertThat(cancel.deployment()).isEqualTo(building.deployment());
        assertThat(back.release()).isEqualTo(1);
        assertThat(deployment(3).get("status").asString()).isEqualTo("cancelled");
        assertThat(deployment(3).toString()).contains("Rollback 4 took its place");
        assertThat(deployment(4).get("current").asBoolean()).isTrue();
    }

    @Test
    void whatComesAfterARollbackDoesNotTakeItsPlace() {
        agent.goesLive(deploy());
        ended(1);
        agent.goesLive(deploy());
        ended(2);
        Order.Deploy building = deploy();
        agent.output(building.deployment(), 1, "building");
        await(() -> deployment(3).get("status").asString().equals("running"));

        post("apps/shop/rollback", "{}");
        agent.order(Order.Cancel.class);
        post("apps/shop/deployments", "{}");
        post("apps/shop/deployments", "{}");
        agent.ended(
                building.deployment(),
                building.spec().id(),
                Ending.CANCELLED,
                2L,
                Note.of("deployment.cancelled"));
        Order.Serve back = agent.order(Order.Serve.class);
        agent.served(back);
        Order.Deploy afterwards = agent.order(Order.Deploy.class);

        assertThat(back.release()).isEqualTo(1);
        assertThat(deployment(4).get("status").asString()).isEqualTo("live");
        assertThat(deployment(5).get("status").asString()).isEqualTo("superseded");
        assertThat(deployment(6).get("id").asString()).isEqualTo(afterwards.deployment());
    }

    @Test
    void aRollbackDoesNotWaitForTheEndOfAWatch() {
        agent.goesLive(deploy());
        ended(1);
        Order.Deploy watched = deploy();
        agent.switched(watched.deployment(), watched.spec().id(), watched.release());
        await(() -> deployment(2).get("status").asString().equals("live"));

        post("apps/shop/rollback", "{}");
        Order.Serve back = agent.order(Order.Serve.class);
        agent.ended(
                watched.deployment(), watched.spec().id(), Ending.LIVE, watched.release(), null);
        agent.served(back);
        ended(3);

        assertThat(back.release()).isEqualTo(1);
        assertThat(deployment(2).get("status").asString()).isEqualTo("live");
        assertThat(deployment(3).get("current").asBoolean()).isTrue();
    }

    @Test
    void aRollbackThatCameTooLateToEndADeploymentGoesBehindItsSwitch() {
        agent.goesLive(deploy());
        ended(1);
        agent.goesLive(deploy());
        ended(2);
        Order.Deploy fast = deploy();
        agent.output(fast.deployment(), 1, "building");
        await(() -> deployment(3).get("status").asString().equals("running"));

        post("apps/shop/rollback", "{}");
        agent.order(Order.Cancel.class);
        agent.switched(fast.deployment(), fast.spec().id(), fast.release());
        Order.Serve back = agent.order(Order.Serve.class);

        assertThat(back.release()).isEqualTo(1);
        assertThat(deployment(3).get("status").asString()).isEqualTo("live");
    }

    private void setVariables(String change) {
        assertThat(control.send("PATCH", "/api/v1/apps/shop/env", change).status()).isEqualTo(200);
    }

    @Test
    void appsGoWithTheirServerAndNothingOfThemStays() {
        agent.goesLive(deploy());
        ended(1);
        control.send("PATCH", "/api/v1/apps/shop/env", "{\"set\":{\"KEY\":{\"value\":\"v\"}}}");
        agent.order(Order.Serve.class);
        agent.vanish();
        await(
                () ->
                        control.get("/api/v1/servers/web-1")
                                .json()
                                .get("state")
                                .asString()
                                .equals("offline"));

        JsonNode plan = control.send("DELETE", "/api/v1/servers/web-1?dryRun=true", "").json();
        var done = post("plans/" + plan.get("planId").asString() + "/apply", "{}");

        assertThat(plan.at("/plan/changes").toString()).contains("Shop");
        assertThat(done.status()).as(done.body()).isEqualTo(200);
        assertThat(control.get("/api/v1/apps").json().get("items")).isEmpty();
        assertThat(control.get("/api/v1/apps/shop").status()).isEqualTo(404);
        assertThat(control.get("/api/v1/audit").json().get("items").valueStream())
                .anySatisfy(
                        entry -> {
                            assertThat(entry.get("action").asString()).isEqualTo("app.remove");
                            assertThat(entry.get("detail").get("with").asString())
                                    .isEqualTo("server");
                        })
                .anySatisfy(
                        entry -> {
                            assertThat(entry.get("action").asString()).isEqualTo("deployment.end");
                            assertThat(entry.get("outcome").asString()).isEqualTo("cancelled");
                        });
    }

    @Test
    void removingAnAppShowsItsPlanAndForgetsItAfterwards() {
        agent.goesLive(deploy());
        ended(1);
        var held =
                new Outcome.Surveyed(
                        List.of(
                                new Holding(
                                        "shop", "shared", "/var/lib/escale/x/shared", 5 << 20)));
        agent.answerSurvey(held);
        JsonNode plan = control.send("DELETE", "/api/v1/apps/shop?dryRun=true", "").json();
        assertThat(plan.get("destructive").asBoolean()).isTrue();
        assertThat(plan.get("plan").get("lost").toString())
                .contains("shared")
                .contains("5.2\u00a0MB");
        assertThat(control.get("/api/v1/apps/shop").status()).isEqualTo(200);
        agent.answerSurvey(held);
        var done = post("plans/" + plan.get("planId").asString() + "/apply", "{}");
        var failure = new Outcome.Failed(Note.of("nginx.failed", "reason", "no room"));
        Order.RemoveApp order = agent.order(Order.RemoveApp.class, failure);

        assertThat(done.status()).as(done.body()).isEqualTo(200);
        assertThat(order.app()).startsWith("app_");
        assertThat(control.get("/api/v1/apps/shop").status()).isEqualTo(404);
        await(() -> control.get("/api/v1/audit").body().contains("app.removed"));
        assertThat(control.get("/api/v1/audit").json().get("items").valueStream())
                .filteredOn(entry -> entry.get("action").asString().equals("app.removed"))
                .singleElement()
                .satisfies(
                        entry -> assertThat(entry.get("outcome").asString()).isEqualTo("failed"));

        control.bean(UnfinishedRemovals.class).look(Instant.now());
        assertThat(agent.idle()).isTrue();
        control.bean(UnfinishedRemovals.class).look(Instant.now().plus(Duration.ofHours(2)));
        assertThat(agent.order(Order.RemoveApp.class).app()).isEqualTo(order.app());
        await(() -> control.get("/api/v1/audit").body().split("app.removed").length > 2);
        control.bean(UnfinishedRemovals.class).look(Instant.now().plus(Duration.ofHours(4)));
        assertThat(agent.idle()).isTrue();
    }

    @Test
    void aDryRunChangesNothingAndFaultsComeAllAtOnce() {
        var planned = control.send("POST", "/api/v1/apps/shop/deployments?dryRun=true", "{}");
        assertThat(planned.json().get("planId").asString()).startsWith("pl_");
        assertThat(control.get("/api/v1/apps/shop/deployments").json().get("items").size())
                .isZero();
        var refused =
                control.send(
                        "PATCH",
                        "/api/v1/apps/shop/env",
                        "{\"set\":{\"1X\":{\"value\":\"a\"},\"PORT\":{\"value\":\"1\"},\"A\":{}}}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("faults").size()).isEqualTo(3);
        assertThat(control.get("/api/v1/apps/nothing").json().get("code").asString())
                .isEqualTo("app.unknown");
    }

    @Test
    void anotherServerSaysNothingAboutADeploymentThatIsNotItsOwn() {
        Order.Deploy order = deploy();
        try (var other = PlayedAgent.join(control, "web-2")) {
            other.switched(order.deployment(), order.spec().id(), order.release());
            other.state(order.spec().id(), AppState.DOWN);
            agent.output(order.deployment(), 1, "one");
            await(() -> deployment(1).get("status").asString().equals("running"));
        }
        assertThat(control.get("/api/v1/apps/shop").json().get("release").isNull()).isTrue();
    }

    private Order.Deploy deploy() {
        var answer = post("apps/shop/deployments", "{}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return agent.order(Order.Deploy.class);
    }

    private JsonNode deployment(int number) {
        for (JsonNode each :
                control.get("/api/v1/apps/shop/deployments").json().get("items").values()) {
            if (each.get("number").asInt() == number) {
                return each;
            }
        }
        throw new AssertionError("no deployment " + number);
    }

    private void ended(int number) {
        await(() -> deployment(number).hasNonNull("endedAt"));
    }

    private RunningControl.Answer post(String path, String json) {
        return control.send("POST", "/api/v1/" + path, json);
    }

    private static void await(BooleanSupplier condition) {
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(50))
                .until(condition::getAsBoolean);
    }
}
