package dev.escale.control.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.escale.control.RunningControl;
import dev.escale.control.app.App;
import dev.escale.control.app.Apps;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.deployment.PlayedAgent;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ActorType;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Origin;
import dev.escale.protocol.Ending;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Order;
import dev.escale.protocol.Step;
import dev.escale.protocol.StepState;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.resolver.ServiceNotAuthorizedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.JsonNode;

/** The system's git against the running control plane, and an agent that does what a test says. */
@org.junit.jupiter.api.Timeout(90)
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class GitPushTest {
    @Parameter TestDatabase.Kind kind;

    private static RunningControl control;
    private static PlayedAgent agent;
    private static int apps;
    private PushingGit git;
    private String hello;
    private String url;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase.Kind kind) {
        control = RunningControl.start(kind);
        agent = PlayedAgent.join(control, "web-1");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        agent.close();
        control.close();
    }

    @BeforeEach
    void make(@TempDir Path home) throws Exception {
        apps++;
        hello = "hello-" + apps;
        url = create(hello).get("gitUrl").asString();
        git = new PushingGit(home, control.config().home().resolve("ca/root.pem"));
        git.commit("index.html", "one", "first");
    }

    @Test
    void aPushTellsItsStepsAndEndsWithTheUrl() {
        var push = git.start("push", url, "main");
        Order.Deploy order = agent.order(Order.Deploy.class);
        agent.goesLive(order);
        var said = push.said().join();

        assertThat(said.code()).isZero();
        assertThat(said.text())
                .contains("remote: Escale: deployment 1 of " + hello + ": https://")
                .contains("✓ Fetch  0.4 s")
                .contains("✓ Build  0.4 s")
                .contains("Live: https://" + hello + ".localhost");
        assertThat(order.source().url()).isEqualTo(url);
        assertThat(order.source().commit()).hasSize(40);
        JsonNode deployment = newest(hello);
        assertThat(deployment.get("status").asString()).isEqualTo("live");
        assertThat(deployment.get("current").asBoolean()).isTrue();
        assertThat(deployment.get("trigger").asString()).isEqualTo("push");
        assertThat(deployment.get("subject").asString()).isEqualTo("first");
        String log = control.get("/api/v1/deployments/" + order.deployment() + "/log").body();
        assertThat(log).isEqualTo("building\nbuilt\n");
    }

    @Test
    void aPushTellsWhatThePersonShouldMind() {
        var push = git.start("push", url, "main");
        Order.Deploy order = agent.order(Order.Deploy.class);
        agent.detected(order, Note.of("detect.envMissing", "names", "DATABASE_URL"));
        agent.working(order.deployment(), Step.START, Note.of(Notes.WAITS_FOR_WATCH));
        agent.switched(order.deployment(), order.spec().id(), order.release());
        agent.ended(order.deployment(), order.spec().id(), Ending.LIVE, order.release(), null);

        assertThat(push.said().join().text())
                .contains("  ! ")
                .contains("DATABASE_URL")
                .contains("  … It is built. The release before it is still being watched");
    }

    @Test
    void aFailedDeploymentKeepsTheRefAndSaysWhy() {
        var push = git.start("push", url, "main");
        Order.Deploy order = agent.order(Order.Deploy.class);
        agent.step(order.deployment(), Step.BUILD, StepState.FAILED);
        agent.ended(
                order.deployment(),
                order.spec().id(),
                Ending.FAILED,
                null,
                Note.of("build.commandFailed", "command", "npm run build", "code", "1"),
                "error: no such module");
        var said = push.said().join();

        assertThat(said.code()).isZero();
        assertThat(said.text())
                .contains("✗ Build")
                .contains("| error: no such module")
                .contains("Deployment 1: failed");
        assertThat(git.run("ls-remote", url).text()).contains("refs/heads/main");
        assertThat(newest(hello).get("status").asString()).isEqualTo("failed");
        assertThat(newest(hello).get("reasonCode").asString()).isEqualTo("build.commandFailed");
    }

    @Test
    void whatServesAlreadyIsBuiltAgainByForceOnly() {
        live("first");
        String deployments = "/api/v1/apps/" + hello + "/deployments";

        JsonNode planned = control.send("POST", deployments + "?dryRun=true", "{}").json();
        JsonNode skipped = control.send("POST", deployments, "{}").json();
        JsonNode forced = control.send("POST", deployments, "{\"force\":true}").json();
        Order.Deploy order = agent.order(Order.Deploy.class);
        agent.goesLive(order);
        await(() -> newest(hello).hasNonNull("endedAt"));
        control.send("PATCH", "/api/v1/apps/" + hello, "{\"settings\":{\"healthPath\":\"/up\"}}");
        JsonNode afterChange = control.send("POST", deployments, "{}").json();

        assertThat(planned.at("/steps/0/code").asString()).isEqualTo("deployment.unchanged");
        assertThat(skipped.get("status").asString()).isEqualTo("skipped");
        assertThat(skipped.get("path").asString()).isEqualTo("none");
        assertThat(skipped.get("reason").asString()).contains("release 1 serves");
        assertThat(skipped.hasNonNull("endedAt")).isTrue();
        assertThat(forced.get("status").asString()).isEqualTo("queued");
        assertThat(order.deployment()).isEqualTo(forced.get("id").asString());
        assertThat(afterChange.get("status").asString()).isEqualTo("queued");
        agent.goesLive(agent.order(Order.Deploy.class));
    }

    @Test
    void aRefusedFirstPushChoosesNoBranch() {
        var refused = git.run("push", "--atomic", url, "HEAD:refs/heads/side", "HEAD:refs/notes/x");

        assertThat(refused.code()).isNotZero();
        assertThat(control.get("/api/v1/apps/" + hello).json().get("branch").isNull()).isTrue();
        live("first");
        assertThat(control.get("/api/v1/apps/" + hello).json().get("branch").asString())
                .isEqualTo("main");
    }

    @Test
    void whatIsTakenBackAfterTheSwitchIsRolledBackAndTheOlderOneIsCurrent() throws Exception {
        live("first");
        git.commit("index.html", "two", "second");
        var push = git.start("push", url, "main");
        Order.Deploy second = agent.order(Order.Deploy.class);
        agent.switched(second.deployment(), second.spec().id(), second.release());
        var said = push.said().join();
        agent.ended(
                second.deployment(),
                second.spec().id(),
                Ending.ROLLED_BACK,
                1L,
                Note.of("watch.died", "seconds", "8"));

        assertThat(said.text()).contains("Live: ");
        await(() -> newest(hello).get("status").asString().equals("rolledBack"));
        JsonNode first = deployments(hello).get(1);
        assertThat(first.get("status").asString()).isEqualTo("live");
        assertThat(first.get("current").asBoolean()).isTrue();
    }

    @Test
    void ofTheOnesThatWaitTheNewestWins() throws Exception {
        var first = git.start("push", url, "main");
        Order.Deploy running = agent.order(Order.Deploy.class);
        agent.step(running.deployment(), Step.FETCH, StepState.WORKING);
        git.commit("index.html", "two", "second");
        var second = git.start("push", url, "main");
        await(() -> deployments(hello).size() == 2);
        git.commit("index.html", "three", "third");
        var third = git.start("push", url, "main");
        var superseded = second.said().join();
        agent.goesLive(running);
        Order.Deploy next = agent.order(Order.Deploy.class);
        agent.goesLive(next);

        assertThat(superseded.code()).isZero();
        assertThat(superseded.text()).contains("Deployment 2: superseded");
        assertThat(first.said().join().text()).contains("Live: ");
        assertThat(third.said().join().text())
                .contains("Waits for deployment 1.")
                .contains("Live: ");
        assertThat(deployments(hello).values().stream().map(each -> each.get("status").asString()))
                .containsExactly("live", "superseded", "live");
        assertThat(next.release()).isEqualTo(2);
    }

    @Test
    void endingThePushDoesNotEndTheDeployment() throws Exception {
        var push = git.start("push", url, "main");
        Order.Deploy order = agent.order(Order.Deploy.class);
        agent.step(order.deployment(), Step.FETCH, StepState.WORKING);
        push.process().destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        agent.goesLive(order);

        await(() -> newest(hello).get("status").asString().equals("live"));
    }

    @Test
    void aRunningDeploymentIsCancelledByItsAgent() {
        var push = git.start("push", url, "main");
        Order.Deploy order = agent.order(Order.Deploy.class);
        agent.step(order.deployment(), Step.BUILD, StepState.WORKING);
        await(() -> newest(hello).get("status").asString().equals("running"));
        var answer =
                control.send("POST", "/api/v1/deployments/" + order.deployment() + "/cancel", "{}");
        Order.Cancel cancel = agent.order(Order.Cancel.class);
        agent.ended(
                order.deployment(),
                order.spec().id(),
                Ending.CANCELLED,
                null,
                Note.of("deployment.cancelled"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(cancel.deployment()).isEqualTo(order.deployment());
        assertThat(push.said().join().text()).contains("Deployment 1: cancelled");
    }

    @Test
    void goesOnAfterTheLinkWasCut() {
        var push = git.start("push", url, "main");
        Order.Deploy order = agent.order(Order.Deploy.class);
        agent.step(order.deployment(), Step.FETCH, StepState.DONE);
        agent.vanish();
        agent.connect();
        agent.goesLive(order);

        assertThat(push.said().join().text()).contains("Live: ");
    }

    @Test
    void waitsForAServerThatIsAway() {
        agent.vanish();
        await(() -> control.get("/api/v1/servers").body().contains("\"state\":\"offline\""));
        var said = git.run("push", url, "main");
        agent.connect();
        Order.Deploy order = agent.order(Order.Deploy.class);
        agent.goesLive(order);

        assertThat(said.code()).isZero();
        assertThat(said.text()).contains("Waits for web-1").contains("begins by itself");
        await(() -> newest(hello).get("status").asString().equals("live"));
    }

    @Test
    void whatTheDatabaseDidNotTakeIsDeployedLater() {
        control.database().refuseInserts("deployment");
        var said = git.run("push", url, "main");
        control.database().takeInsertsAgain("deployment");
        int before = deployments(hello).size();

        control.bean(PushRecovery.class).recover(java.time.Instant.now());
        Order.Deploy order = agent.order(Order.Deploy.class);
        agent.goesLive(order);

        assertThat(said.code()).as(said.text()).isZero();
        assertThat(said.text()).contains("is stored").contains("begins by itself");
        assertThat(before).isZero();
        assertThat(order.source().commit()).hasSize(40);
        assertThat(deployments(hello)).hasSize(1);
        control.bean(PushRecovery.class).recover(java.time.Instant.now());
        assertThat(deployments(hello)).hasSize(1);
    }

    @Test
    void gitHearsThatARefMovedThoughTheRecordOfItWasCutOff() {
        control.database()
                .refuseInserts("audit_entry", "new.phase = 'outcome' and new.action = 'code.push'");
        var push = git.start("push", url, "main");
        agent.goesLive(agent.order(Order.Deploy.class));
        var said = push.said().join();
        control.database().takeInsertsAgain("audit_entry");

        assertThat(said.code()).as(said.text()).isZero();
        assertThat(said.text()).contains("Live: ");
        assertThat(git.run("push", url, "main").text()).contains("up-to-date");
    }

    @Test
    void gitHearsThatNothingMovedWhenTheIntentCouldNotBeWritten() {
        control.database().refuseInserts("audit_entry", "new.phase = 'intent'");
        var said = git.run("push", url, "main");
        control.database().takeInsertsAgain("audit_entry");

        assertThat(said.code()).isNotZero();
        assertThat(said.text()).contains("fault of the control plane");
        assertThat(git.run("ls-remote", url).text()).doesNotContain("refs/heads/main");
    }

    @Test
    void anotherBranchIsStoredAndNotDeployed() {
        live("first");
        var said = git.run("push", url, "main:feature/x");

        assertThat(said.code()).isZero();
        assertThat(said.text()).contains("stored, not deployed. This app follows the branch main.");
        assertThat(git.run("ls-remote", url).text()).contains("refs/heads/feature/x");
        assertThat(deployments(hello).size()).isEqualTo(1);
        assertThat(git.run("push", url, ":feature/x").code()).isZero();
    }

    @Test
    void theFirstBranchThatIsPushedIsFollowed() throws Exception {
        git.run("checkout", "-q", "-b", "trunk");
        var push = git.start("push", url, "trunk");
        agent.goesLive(agent.order(Order.Deploy.class));

        assertThat(push.said().join().text()).contains("Live: ");
        assertThat(control.get("/api/v1/apps/" + hello).json().get("branch").asString())
                .isEqualTo("trunk");
    }

    @Test
    void rewrittenHistoryIsDeployedAndMayBeCloned(@TempDir Path other) throws Exception {
        live("first");
        git.run("commit", "-q", "--amend", "-m", "rewritten");
        var push = git.start("push", "--force", url, "main");
        Order.Deploy order = agent.order(Order.Deploy.class);
        agent.goesLive(order);

        assertThat(push.said().join().code()).isZero();
        var clone = git.run("clone", "-q", url, other.resolve("clone").toString());
        assertThat(clone.code()).isZero();
        assertThat(other.resolve("clone/index.html")).hasContent("one");
    }

    @Test
    void onlyTheTokenOfARunningDeploymentReadsForAnAgent() throws Exception {
        var push = git.start("push", url, "main");
        Order.Deploy order = agent.order(Order.Deploy.class);
        git.token(String.valueOf(order.source().token()));

        assertThat(git.run("ls-remote", url).code()).isZero();
        var written = git.run("push", url, "main:other");
        assertThat(written.code()).isNotZero();
        assertThat(written.text()).contains("This token only reads.");
        String foreign = create(hello + "-other").get("gitUrl").asString();
        assertThat(git.run("ls-remote", foreign).code()).isNotZero();
        agent.goesLive(order);
        push.said().join();
        await(() -> newest(hello).hasNonNull("endedAt"));
        assertThat(git.run("ls-remote", url).code()).isNotZero();
    }

    @Test
    void anEncodedPathIsNoWayAroundTheRightToPush() {
        String credentials =
                java.util.Base64.getEncoder()
                        .encodeToString(
                                ("git:" + RunningControl.TOKEN)
                                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        for (String path : java.util.List.of("git-receive%2Dpack", "git%2dreceive-pack")) {
            var answer =
                    control.send(
                            control.request("/git/home/" + hello + ".git/" + path)
                                    .header("Authorization", "Basic " + credentials)
                                    .header(
                                            "Content-Type",
                                            "application/x-git-receive-pack-request")
                                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString("")));

            assertThat(answer.status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void everyPushIsInTheRecordWithItsRefsAndTheBranchThatIsFollowedFromThenOn() {
        live("first");
        assertThat(git.run("push", url, "HEAD:refs/heads/side", "HEAD:refs/tags/v1").code())
                .isZero();
        assertThat(git.run("push", url, ":refs/heads/side").code()).isZero();
        git.run("push", url, "HEAD:refs/notes/x");

        List<JsonNode> pushes = audit("code.push", hello);
        assertThat(pushes.get(5).at("/detail/changes").asString())
                .contains("+ plan.ref.create", "ref=refs/heads/main");
        assertThat(pushes.get(4).at("/detail/follows").asString()).isEqualTo("main");
        assertThat(pushes.get(3).get("phase").asString()).isEqualTo("intent");
        assertThat(pushes.get(2).at("/detail/refs").asString())
                .isEqualTo("refs/heads/side OK, refs/tags/v1 OK");
        assertThat(pushes.get(0).at("/detail/refs").asString()).isEqualTo("refs/heads/side OK");
        assertThat(pushes).hasSize(6);
    }

    @Test
    void whoeverIsTurnedAwayFromARepositoryIsInTheRecord() {
        git.run("push", url.replace(hello, "nothing-" + hello), "main");

        assertThat(audit("code.push", "nothing-" + hello))
                .isNotEmpty()
                .allSatisfy(
                        each -> {
                            assertThat(each.get("phase").asString()).isEqualTo("refused");
                            assertThat(each.get("outcome").asString()).isEqualTo("git.unknown");
                            assertThat(each.at("/origin/via").asString()).isEqualTo("git");
                        });
    }

    private static List<JsonNode> audit(String action, String target) {
        JsonNode items = control.get("/api/v1/audit?limit=500").json().get("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(each -> each.get("action").asString().equals(action))
                .filter(each -> each.at("/target/name").asString().equals(target))
                .toList();
    }

    @Test
    void whatReceivesAPushChecksTheRightToPushItself() throws Exception {
        App app =
                control.bean(Apps.class)
                        .named(control.bean(TeamLookup.class).all().getFirst(), hello)
                        .orElseThrow();
        PushReceiver receiver = control.bean(PushReceiver.class);

        try (Repository repository = control.bean(Repositories.class).open(app)) {
            assertThatThrownBy(() -> receiver.receive(by(app, "app.read"), repository))
                    .isInstanceOf(ServiceNotAuthorizedException.class);
            assertThat(receiver.receive(by(app, "app.deploy"), repository)).isNotNull();
        }
    }

    /** A request that was let in. */
    private static HttpServletRequest by(App app, String permission) {
        var request = new MockHttpServletRequest();
        new Access(
                        app,
                        new Actor(
                                ActorType.PERSON,
                                "usr_1",
                                "Ann",
                                app.team(),
                                Grants.of(permission),
                                Origin.SYSTEM,
                                Locale.ENGLISH))
                .put(request);
        return request;
    }

    @Test
    void refusesWhoIsUnknownAndWhatIsNotThere() {
        var unknown = git.run("push", url.replace(hello, "nothing"), "main");
        assertThat(unknown.code()).isNotZero();
        assertThat(unknown.text()).contains("There is no app nothing here");
        git.token("esc_wrong");
        var stranger = git.run("push", url, "main");
        assertThat(stranger.code()).isNotZero();
        assertThat(stranger.text()).contains("Authentication failed");
    }

    private void live(String subject) {
        var push = git.start("push", url, "main");
        agent.goesLive(agent.order(Order.Deploy.class));
        assertThat(push.said().join().text()).contains("Live: ");
        await(() -> newest(hello).hasNonNull("endedAt"));
    }

    private JsonNode create(String name) {
        var answer =
                control.send(
                        "POST",
                        "/api/v1/apps",
                        "{\"name\":\"%s\",\"server\":\"web-1\"}".formatted(name));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    private JsonNode newest(String app) {
        return deployments(app).get(0);
    }

    private JsonNode deployments(String app) {
        return control.get("/api/v1/apps/" + app + "/deployments").json().get("items");
    }

    private static void await(BooleanSupplier condition) {
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(50))
                .until(condition::getAsBoolean);
    }
}
