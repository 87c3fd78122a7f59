package dev.escale.agent.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.protocol.Ending;
import dev.escale.protocol.EnvValue;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The next deployment builds while the one before is watched, and waits with its rollout alone. */
@Tag("slow")
class WhileWatchedTest {
    private static final String MORTAL =
            TestHost.GOOD.replace(
                    "r.end('hello');", "if (q.url === '/die') process.exit(9); r.end('hello');");

    @TempDir Path folder;
    private TestHost host;
    private Heard watched;

    @BeforeEach
    void start() throws Exception {
        host = new TestHost(folder);
        host.watching(Duration.ZERO);
        host.deploy(TestHost.GOOD, new EnvValue("one", false));
        host.watching(Duration.ofMinutes(5));
        watched = host.deployInBackground(MORTAL);
        watched.awaitSwitch();
    }

    @AfterEach
    void end() throws Exception {
        host.deployments.remove(TestHost.APP);
        host.close();
    }

    @Test
    void rolloutAndReleaseCommandWaitForTheEndOfTheWatch() throws Exception {
        Path migrated = folder.resolve("migrated");
        host.builder.releaseCommand =
                List.of("node", "-e", "fs.writeFileSync('" + migrated + "', '')");
        Heard next = host.deployInBackground(TestHost.GOOD);
        until(() -> next.notes.contains(Notes.WAITS_FOR_WATCH));

        assertThat(folder.resolve("apps/app_test/releases/3/server.js")).exists();
        assertThat(migrated).doesNotExist();
        assertThat(next.course).isEmpty();
        assertThat(watched.end).isNull();
        assertThat(serving()).isEqualTo("2");

        host.deployments.hurry(TestHost.APP);
        next.awaitSwitch();
        assertThat(watched.verdict().ending()).isEqualTo(Ending.LIVE);
        assertThat(watched.course).endsWith("WATCH DONE", "DRAIN DONE");
        assertThat(migrated).exists();
        host.deployments.hurry(TestHost.APP);
        next.awaitEnd();
        assertThat(next.verdict().ending()).isEqualTo(Ending.LIVE);
        assertThat(serving()).isEqualTo("3");
        assertThat(host.host.pm2().list()).hasSize(1);
    }

    @Test
    void aWatchedReleaseThatDiesIsTakenBackAndTheNextGoesLiveAfterIt() throws Exception {
        var built = gate();
        Heard next = build();

        host.ask("/die");
        watched.awaitEnd();
        assertThat(watched.verdict().ending()).isEqualTo(Ending.ROLLED_BACK);
        assertThat(watched.verdict().serving()).isEqualTo(1);
        assertThat(serving()).isEqualTo("1");
        assertThat(next.end).isNull();
        assertThat(folder.resolve("apps/app_test/releases/2")).doesNotExist();
        assertThat(folder.resolve("apps/app_test/releases/3")).exists();

        built.countDown();
        next.awaitSwitch();
        host.deployments.hurry(TestHost.APP);
        next.awaitEnd();
        assertThat(next.verdict().ending()).isEqualTo(Ending.LIVE);
        assertThat(next.course).endsWith("WATCH DONE", "DRAIN DONE");
        assertThat(serving()).isEqualTo("3");
        assertThat(host.host.pm2().list()).hasSize(1);
    }

    @Test
    void theNextOneThatFailsAfterATakingBackLeavesTheOldestServing() throws Exception {
        var built = gate();
        host.builder.healthTimeout = Duration.ofSeconds(20);
        Heard next = build("process.exit(4)");
        host.ask("/die");
        watched.awaitEnd();

        built.countDown();
        next.awaitEnd();

        assertThat(next.verdict().ending()).isEqualTo(Ending.FAILED);
        assertThat(next.verdict().serving()).isEqualTo(1);
        assertThat(host.ask("/").headers()).containsEntry("x-version", "one");
    }

    @Test
    void cancellingWhatBuildsOrWaitsLeavesWhatIsWatched() throws Exception {
        gate();
        Heard building = build();
        host.deployments.cancel("dep_3");

        assertThat(building.verdict().ending()).isEqualTo(Ending.CANCELLED);
        assertThat(building.verdict().serving()).isEqualTo(2);
        assertThat(folder.resolve("apps/app_test/releases/3")).doesNotExist();

        host.builder.until = null;
        Heard waiting = host.deployInBackground(TestHost.GOOD);
        until(() -> waiting.notes.contains(Notes.WAITS_FOR_WATCH));
        host.deployments.cancel("dep_4");

        assertThat(waiting.verdict().ending()).isEqualTo(Ending.CANCELLED);
        assertThat(folder.resolve("apps/app_test/releases/4")).doesNotExist();
        assertThat(folder.resolve("apps/app_test/building.json")).doesNotExist();
        assertThat(watched.end).isNull();
        assertThat(serving()).isEqualTo("2");
        host.deployments.hurry(TestHost.APP);
        watched.awaitEnd();
        assertThat(watched.verdict().ending()).isEqualTo(Ending.LIVE);
    }

    @Test
    void aRollbackEndsTheWatchAfterTheBuildWasCancelled() throws Exception {
        gate();
        Heard building = build();

        host.deployments.cancel("dep_3");
        Heard back = host.serveInBackground(1);
        back.awaitSwitch();

        System.out.println("rollback during watch and build, ms: " + back.switchedAfterMillis);
        assertThat(back.switchedAfterMillis).isLessThan(2500);
        assertThat(building.verdict().ending()).isEqualTo(Ending.CANCELLED);
        assertThat(watched.verdict().ending()).isEqualTo(Ending.LIVE);
        assertThat(serving()).isEqualTo("1");
        host.deployments.hurry(TestHost.APP);
        back.awaitEnd();
        assertThat(back.verdict().ending()).isEqualTo(Ending.LIVE);
    }

    @Test
    void removalEndsBoth() throws Exception {
        gate();
        Heard building = build();

        assertThat(host.deployments.remove(TestHost.APP)).isEqualTo(new Outcome.Done());

        assertThat(building.verdict().ending()).isEqualTo(Ending.CANCELLED);
        assertThat(watched.verdict().ending()).isEqualTo(Ending.LIVE);
        assertThat(folder.resolve("apps/app_test")).doesNotExist();
        assertThat(host.host.pm2().list()).isEmpty();
    }

    @Test
    void whatIsBuiltTakesNoPlaceAmongTheReleasesThatAreKept() throws Exception {
        host.deployments.hurry(TestHost.APP);
        watched.awaitEnd();
        Heard third = host.deployInBackground(TestHost.GOOD);
        third.awaitSwitch();
        host.deployments.hurry(TestHost.APP);
        third.awaitEnd();
        watched = host.deployInBackground(TestHost.GOOD);
        watched.awaitSwitch();
        gate();
        build();

        host.deployments.hurry(TestHost.APP);
        watched.awaitEnd();

        Path releases = folder.resolve("apps/app_test/releases");
        until(() -> !Files.exists(releases.resolve("1")));
        for (String kept : List.of("2", "3", "4", "5")) {
            assertThat(releases.resolve(kept)).exists();
        }
        host.deployments.cancel("dep_5");
    }

    @Test
    void anAgentThatIsKilledInBothConcludesTheOneAndFailsTheOtherBeforeAnythingNew()
            throws Exception {
        host.deployments.hurry(TestHost.APP);
        watched.awaitEnd();
        Heard switched = host.heard();
        Thread one = begin(host.order(Map.of("server.js", TestHost.GOOD)), switched);
        switched.awaitSwitch();
        var built = gate();
        Heard building = host.heard();
        Thread two = begin(host.order(Map.of("server.js", TestHost.GOOD)), building);
        awaitFiles();
        assertThat(new AppSecrets(folder).of(TestHost.APP)).contains("hunter2");

        one.interrupt();
        two.interrupt();
        one.join();
        two.join();
        assertThat(switched.end).isNull();
        assertThat(building.end).isNull();
        host.restartAgent();
        var asked = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var told = new Told(() -> heardAfter(asked, go));
        Thread recovery = Thread.ofVirtual().start(() -> host.deployments.keeper(told));
        asked.await();
        Heard early = host.heard();
        Thread three = begin(host.order(Map.of("server.js", TestHost.GOOD)), early);
        until(() -> three.getState() == Thread.State.WAITING);
        assertThat(folder.resolve("apps/app_test/building.json")).content().contains("dep_4");
        assertThat(folder.resolve("apps/app_test/releases/4")).exists();
        go.countDown();
        recovery.join();

        assertThat(told.endings).containsOnlyKeys("dep_3", "dep_4");
        Heard concluded = told.endings.get("dep_3");
        Heard failed = told.endings.get("dep_4");
        assertThat(concluded.verdict().ending()).isEqualTo(Ending.LIVE);
        assertThat(failed.verdict().ending()).isEqualTo(Ending.FAILED);
        assertThat(failed.reason()).isEqualTo(Notes.AGENT_RESTARTED);
        assertThat(failed.verdict().serving()).isEqualTo(3);
        assertThat(folder.resolve("apps/app_test/releases/4")).doesNotExist();
        assertThat(serving()).isEqualTo("3");
        assertThat(host.host.pm2().list()).hasSize(1);

        built.countDown();
        early.awaitSwitch();
        host.deployments.hurry(TestHost.APP);
        early.awaitEnd();
        assertThat(early.verdict().ending()).isEqualTo(Ending.LIVE);
        assertThat(folder.resolve("apps/app_test/building.json")).doesNotExist();
    }

    private Heard heardAfter(CountDownLatch asked, CountDownLatch go) {
        asked.countDown();
        try {
            go.await();
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
        return host.heard();
    }

    private Thread begin(Order.Deploy order, Heard heard) {
        return Thread.ofVirtual().start(() -> host.deployments.deploy(order, heard));
    }

    private CountDownLatch gate() {
        var gate = new CountDownLatch(1);
        host.builder.until = gate;
        return gate;
    }

    private Heard build() {
        return build(TestHost.GOOD);
    }

    private Heard build(String script) {
        Heard heard = host.deployInBackground(script);
        awaitFiles();
        return heard;
    }

    private void awaitFiles() {
        Path release = folder.resolve("apps/app_test/releases/" + host.lastRelease());
        until(() -> Files.exists(release.resolve("server.js")));
    }

    private String serving() throws Exception {
        return String.valueOf(host.ask("/").headers().get("x-escale-release"));
    }

    private static void until(java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("too late").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
