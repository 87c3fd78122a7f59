package dev.escale.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.testkit.control.Json;
import dev.escale.testkit.program.Running;
import dev.escale.testkit.program.Wait;
import dev.escale.testkit.stack.App;
import dev.escale.testkit.stack.LocalStack;
import dev.escale.testkit.stack.SampleApp;
import dev.escale.testkit.stack.Site;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a push does, and what it never does to the release that serves. */
@ExtendWith(OnLocalStack.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PushStory {

    @Test
    void pushedAppIsLiveOverVerifiedHttpsAndThePushSaysItsUrl(LocalStack stack) {
        App app = stack.app("hello");
        SampleApp.answers(app.repo(), "release one");

        String printed = app.push("Say one");

        assertThat(printed).contains(app.url());
        Json deployment = app.awaitStatus("live");
        assertThat(deployment.truth("current")).isTrue();
        assertThat(app.fetch()).isEqualTo(new Site(200, "release one"));
    }

    @Test
    void failedBuildIsShownInThePushAndTheOldReleaseKeepsServing(LocalStack stack) {
        App app = stack.app("broken-build");
        app.goLive("release one");

        SampleApp.builds(
                app.repo(), "release two", "console.error('the mast is broken'); process.exit(3)");
        String printed = app.push("Break the build");

        Json failed = app.awaitStatus("failed");
        assertThat(printed).contains("the mast is broken");
        assertThat(app.log(failed.text("id"))).contains("the mast is broken");
        assertThat(app.fetchText()).isEqualTo("release one");
    }

    @Test
    void appThatDiesAfterEightSecondsIsTakenBackByItself(LocalStack stack) {
        App app = stack.app("dies-late");
        app.goLive("release one");
        app.awaitSettled();

        SampleApp.diesAfter(app.repo(), "release two", 8);
        app.push("Die late");

        Json takenBack = app.awaitStatus("rolledBack");
        assertThat(takenBack.text("reason")).isNotBlank();
        assertThat(app.fetchText()).isEqualTo("release one");
        assertThat(app.deployments().get(1).truth("current")).isTrue();
    }

    @Test
    void appThatDiesAtOnceNeverServes(LocalStack stack) {
        App app = stack.app("dies-at-once");
        app.goLive("release one");

        SampleApp.program(app.repo(), "throw new Error('no anchor')");
        app.push("Die at once");

        Json failed = app.awaitStatus("failed");
        assertThat(failed.text("reason")).isNotBlank();
        assertThat(failed.toString() + app.log(failed.text("id"))).contains("no anchor");
        assertThat(app.fetchText()).isEqualTo("release one");
    }

    @Test
    void manualRollbackServesTheKeptReleaseWithoutABuild(LocalStack stack) {
        App app = stack.app("rollback");
        app.goLive("release one");
        app.awaitSettled();
        app.goLive("release two");
        app.awaitSettled();
        assertThat(app.fetchText()).isEqualTo("release two");

        stack.control().api().post("apps/" + app.id() + "/rollback", Map.of());

        Json deployment = app.awaitStatus("live");
        assertThat(app.fetchText()).isEqualTo("release one");
        assertThat(deployment.list("steps"))
                .noneSatisfy(step -> assertThat(step.text("step")).isEqualTo("BUILD"));
    }

    @Test
    void changedVariableReachesTheAppWithoutABuildAndASecretIsNeverShown(LocalStack stack) {
        App app = stack.app("env");
        SampleApp.tells(app.repo(), "GREETING");
        app.push("Tell the greeting");
        app.awaitStatus("live");
        assertThat(app.fetchText()).isEqualTo("unset");
        app.awaitSettled();

        stack.control()
                .api()
                .patch(
                        "apps/" + app.id() + "/env",
                        Map.of(
                                "set",
                                Map.of("GREETING", Map.of("value", "ahoy-4711", "secret", true))));

        Wait.until(
                "the new value", Duration.ofSeconds(30), () -> app.fetchText().equals("ahoy-4711"));
        assertThat(stack.control().api().get("apps/" + app.id() + "/env").toString())
                .contains("GREETING")
                .doesNotContain("ahoy-4711");
        assertThat(stack.control().log() + stack.agent().log()).doesNotContain("ahoy-4711");
    }

    @Test
    void cancelledDeploymentEndsItsBuildAndTheOldReleaseKeepsServing(LocalStack stack) {
        App app = stack.app("cancel");
        app.goLive("release one");
        app.awaitSettled();
        String mark = "7321" + ProcessHandle.current().pid();
        SampleApp.builds(app.repo(), "release two", "setTimeout(() => {}, " + mark + ")");
        app.repo().commit("Build for long");

        try (Running push =
                app.repo().pushInBackground(stack.folder().resolve("cancel-push.log"))) {
            Json running = awaitRunningBuild(app);
            stack.control().api().post("deployments/" + running.text("id") + "/cancel", Map.of());

            app.await(running.text("id"), "cancelled");
            Wait.until("the push to end", Duration.ofSeconds(20), () -> !push.alive());
        }

        assertThat(app.fetchText()).isEqualTo("release one");
        assertThat(
                        ProcessHandle.allProcesses()
                                .map(process -> process.info().commandLine().orElse(""))
                                .filter(
                                        line ->
                                                line.contains(app.id())
                                                        && line.contains("build.js")))
                .isEmpty();
    }

    @Test
    void rollbackEndsABuildThatIsUnderWay(LocalStack stack) {
        App app = stack.app("back-now");
        app.goLive("release one");
        app.awaitSettled();
        app.goLive("release two");
        SampleApp.builds(app.repo(), "release three", "setTimeout(() => {}, 7200000)");
        app.repo().commit("Build for long");

        try (Running push = app.repo().pushInBackground(stack.folder().resolve("back-now.log"))) {
            Json building = awaitRunningBuild(app);
            Json back = stack.control().api().post("apps/" + app.id() + "/rollback", Map.of());

            app.await(building.text("id"), "cancelled");
            app.await(back.text("id"), "live");
            Wait.until("the push to end", Duration.ofSeconds(20), () -> !push.alive());
        }
        assertThat(app.fetchText()).isEqualTo("release one");
    }

    @Test
    void whoPushesTwiceInARowIsBuiltWhileTheFirstIsWatched(LocalStack stack) {
        App app = stack.app("twice");
        app.goLive("release one");
        SampleApp.answers(app.repo(), "release two");
        app.push("Two");

        Json second = app.awaitStatus("live");
        Json first = app.deployments().get(1);
        Instant watched = Instant.parse(first.text("endedAt"));
        assertThat(Instant.parse(second.text("startedAt"))).isBefore(watched);
        assertThat(Instant.parse(second.text("switchedAt"))).isAfter(watched);
        assertThat(app.fetchText()).isEqualTo("release two");
        app.awaitSettled();
    }

    @Test
    void waitingDeploymentsAreSupersededByNewerOnes(LocalStack stack) {
        App app = stack.app("supersede");
        SampleApp.builds(app.repo(), "release one", "setTimeout(() => {}, 4000)");
        app.repo().commit("One");
        try (Running first = app.repo().pushInBackground(stack.folder().resolve("one.log"))) {
            awaitRunningBuild(app);
            SampleApp.answers(app.repo(), "release two");
            app.repo().commit("Two");
            try (Running second = app.repo().pushInBackground(stack.folder().resolve("two.log"))) {
                Wait.until(
                        "the second deployment",
                        Duration.ofSeconds(20),
                        () -> app.deployments().size() == 2);
                SampleApp.answers(app.repo(), "release three");
                app.push("Three");

                app.awaitStatus("live");
                assertThat(app.deployments().get(1).text("status")).isEqualTo("superseded");
                assertThat(app.deployments().get(2).text("status")).isEqualTo("live");
                assertThat(app.fetchText()).isEqualTo("release three");
                Wait.until(
                        "the pushes to end",
                        Duration.ofSeconds(20),
                        () -> !first.alive() && !second.alive());
            }
        }
    }

    @Test
    void staticSiteIsServedFromItsFiles(LocalStack stack) {
        App app = stack.app("static");
        app.repo().write("index.html", "<!doctype html><title>Pier</title>pier one");
        app.push("Pier one");
        app.awaitStatus("live");
        assertThat(app.fetchText()).contains("pier one");
        app.awaitSettled();

        app.repo().write("index.html", "<!doctype html><title>Pier</title>pier two");
        app.push("Pier two");
        app.awaitStatus("live");

        assertThat(app.fetchText()).contains("pier two");
    }

    @Test
    void appWithAFixedPortIsRecognisedAndSwitchedAndItsOldReleaseComesBackOnFailure(
            LocalStack stack) throws IOException {
        App app = stack.app("fixed-port");
        int port = freePort();
        SampleApp.insistsOn(app.repo(), "release one", port);
        app.push("One");
        app.awaitStatus("live");
        assertThat(app.fetchText()).isEqualTo("release one");
        app.awaitSettled();

        SampleApp.insistsOn(app.repo(), "release two", port);
        app.push("Two");
        app.awaitStatus("live");
        assertThat(app.fetchText()).isEqualTo("release two");
        app.awaitSettled();

        SampleApp.program(app.repo(), "throw new Error('no anchor')");
        app.push("Three");
        app.awaitStatus("failed", "rolledBack");
        Wait.until(
                "release two to be back",
                Duration.ofSeconds(20),
                () -> app.fetchText().equals("release two"));
    }

    private static Json awaitRunningBuild(App app) {
        return Wait.until(
                "the build to run",
                Duration.ofSeconds(30),
                () ->
                        app.deployments().stream()
                                .limit(1)
                                .filter(newest -> newest.text("status").equals("running"))
                                .filter(newest -> app.log(newest.text("id")).contains("build.js"))
                                .findFirst()
                                .orElse(null));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
