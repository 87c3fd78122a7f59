package dev.escale.agent.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.agent.pm2.Pm2Package;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is broken in one place keeps neither the keeper nor a recovery from the others. */
@Timeout(60)
class KeeperTest {
    @TempDir private Path folder;
    private TestHost host;
    private Told told;

    @BeforeEach
    void start() throws Exception {
        host = new TestHost(folder);
        told = new Told(host::heard);
    }

    @AfterEach
    void end() throws Exception {
        host.close();
    }

    @Test
    void nginxIsStartedAlthoughPm2CannotBe() throws Exception {
        host.deploy(TestHost.GOOD);
        breakPm2();
        host.host.sites().stop();

        Keeper keeper = recover();

        assertThat(host.ask("/").status()).isEqualTo(502);
        host.host.sites().stop();
        keeper.look();
        assertThat(host.ask("/").status()).isEqualTo(502);
    }

    @Test
    void logsAreBoundAlthoughNginxCannotStart() throws Exception {
        host.deploy(TestHost.GOOD);
        Keeper keeper = recover();
        host.host.sites().stop();
        Files.writeString(
                host.host.sites().setup().sites().resolve("theirs.conf"),
                "server {\n  nonsense on;\n}\n");
        Path log = host.host.pm2().home().out(TestHost.APP);
        grow(log);

        keeper.look();

        assertThat(LogBound.older(log)).exists();
    }

    private void breakPm2() throws IOException {
        Path home = folder.resolve("pm2");
        Pm2Package.end(home);
        Files.move(home, folder.resolve("pm2-before"));
        Files.writeString(home, "a file in the way");
    }

    private static void grow(Path log) throws IOException {
        try (var file = new RandomAccessFile(log.toFile(), "rw")) {
            file.setLength(LogBound.DEFAULT + 1);
        }
    }

    private Keeper recover() {
        host.restartAgent();
        return host.deployments.keeper(told);
    }
}
