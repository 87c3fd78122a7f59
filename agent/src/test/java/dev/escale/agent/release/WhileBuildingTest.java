package dev.escale.agent.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.agent.pm2.Pm2Package;
import dev.escale.protocol.AppAction;
import dev.escale.protocol.Ending;
import dev.escale.protocol.EnvValue;
import dev.escale.protocol.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be done to an app while a build of it is under way. */
@Tag("slow")
class WhileBuildingTest {
    @TempDir Path folder;
    private TestHost host;
    private CountDownLatch built;
    private @Nullable BlueGreenDeployments builds;

    @BeforeEach
    void start() throws Exception {
        host = new TestHost(folder);
        host.deploy(TestHost.GOOD, new EnvValue("one", false));
        built = new CountDownLatch(1);
        host.builder.until = built;
    }

    @AfterEach
    void end() throws Exception {
        if (builds != null) {
            builds.cancel("dep_2");
        }
        host.close();
    }

    @Test
    void theAppIsStoppedStartedAndRestarted() throws Exception {
        Heard building = build();

        assertThat(host.deployments.control(TestHost.APP, AppAction.STOP))
                .isEqualTo(new Outcome.Done());
        assertThat(host.ask("/").status()).isEqualTo(503);
        assertThat(host.deployments.control(TestHost.APP, AppAction.START))
                .isEqualTo(new Outcome.Done());
        long pid = host.host.pm2().list().getFirst().pid();
        assertThat(host.deployments.control(TestHost.APP, AppAction.RESTART))
                .isEqualTo(new Outcome.Done());
        assertThat(host.host.pm2().list())
                .singleElement()
                .satisfies(process -> assertThat(process.pid()).isNotEqualTo(pid));
        assertThat(host.ask("/").headers()).containsEntry("x-version", "one");

        built.countDown();
        building.awaitEnd();
        assertThat(building.verdict().ending()).isEqualTo(Ending.LIVE);
        assertThat(host.ask("/").headers()).containsEntry("x-escale-release", "2");
        assertThat(host.host.pm2().list()).hasSize(1);
    }

    @Test
    void anAgentThatIsKilledAfterARestartStillFindsTheBuild() throws Exception {
        build();
        host.deployments.control(TestHost.APP, AppAction.RESTART);

        host.restartAgent();
        var told = new Told(host::heard);
        host.deployments.keeper(told);

        assertThat(told.resumed)
                .singleElement()
                .satisfies(heard -> assertThat(heard.verdict().ending()).isEqualTo(Ending.FAILED));
        assertThat(folder.resolve("apps/app_test/releases/2")).doesNotExist();
        assertThat(host.ask("/").headers()).containsEntry("x-escale-release", "1");
    }

    @Test
    void processesThatVanishAreBroughtBack() throws Exception {
        host.restartAgent();
        Keeper keeper = host.deployments.keeper(new Told(host::heard));
        build();

        Pm2Package.end(folder.resolve("pm2"));
        keeper.look();
        keeper.look();

        assertThat(host.ask("/").headers()).containsEntry("x-version", "one");
    }

    @Test
    void removalEndsIt() throws Exception {
        Heard building = build();

        assertThat(host.deployments.remove(TestHost.APP)).isEqualTo(new Outcome.Done());

        assertThat(building.verdict().ending()).isEqualTo(Ending.CANCELLED);
        assertThat(folder.resolve("apps/app_test")).doesNotExist();
    }

    private Heard build() {
        builds = host.deployments;
        Heard heard = host.deployInBackground(TestHost.GOOD);
        while (!Files.exists(folder.resolve("apps/app_test/releases/2/server.js"))) {
            Thread.onSpinWait();
        }
        return heard;
    }
}
