package dev.escale.agent.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostShell;
import dev.escale.agent.host.HostUser;
import dev.escale.agent.host.SystemUsers;
import dev.escale.protocol.Ending;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an app may not see of its neighbours, with real users and a real Nginx. */
@Tag("slow")
class OtherAppsTest {
    private static final String NEIGHBOUR = "app_neighbour";

    private final HostShell shell = new HostShell();
    private final SystemUsers users = new SystemUsers(shell);
    private Path home;
    private TestHost host;
    private HostUser neighbour;
    private AppFolder app;

    @BeforeEach
    void open() throws Exception {
        Assumptions.assumeTrue(users.privileged(), "users need root");
        home = Files.createTempDirectory(Path.of("/var/tmp"), "escale-others");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx--x--x"));
        host = new TestHost(home, users);
        neighbour = users.runtime(NEIGHBOUR).orElseThrow();
        app = AppFolder.of(home, TestHost.APP);
    }

    @AfterEach
    void close() throws Exception {
        if (home != null) {
            host.deployments.remove(TestHost.APP);
            host.close();
            users.remove(neighbour);
            shell.run(HostCommand.of("rm", "-rf", "--", home.toString()));
        }
    }

    @Test
    void nobodyElseReadsTheFilesOfAnAppNorWhatItKeeps() throws Exception {
        host.builder.shared = List.of("uploads");
        Heard heard =
                host.deploy(Map.of("server.js", TestHost.GOOD, ".env", "KEY=1", "uploads/a", "b"));

        assertThat(heard.verdict().ending()).as("%s", heard.end).isEqualTo(Ending.LIVE);
        Path release = app.release(1);
        HostUser own = users.runtime(TestHost.APP).orElseThrow();
        for (String file : List.of("server.js", ".env", "uploads/a")) {
            assertThat(reads(own, release.resolve(file))).as(file).isTrue();
            assertThat(reads(neighbour, release.resolve(file))).as(file).isFalse();
        }
        assertThat(reads(neighbour, app.shared().resolve("uploads/a"))).isFalse();
    }

    @Test
    void whatAnAppHasWrittenIsFoundByItsUserAndStaysItsOwnWhenItIsShared() throws Exception {
        host.deploy(
                """
                const fs = require('fs');
                fs.mkdirSync('data', { recursive: true });
                fs.writeFileSync('data/rows', '1');
                fs.writeFileSync('loose', '1');
                """
                        + TestHost.GOOD);
        host.builder.shared = List.of("data");

        Heard heard = host.deploy(TestHost.GOOD);

        assertThat(heard.verdict().ending()).as("%s", heard.end).isEqualTo(Ending.LIVE);
        assertThat(heard.warnings)
                .containsExactly(
                        "shared.takenOver{path=data, release=1}",
                        "files.leftBehind{count=1, files=loose, release=1}");
        HostUser own = users.runtime(TestHost.APP).orElseThrow();
        Path rows = app.shared().resolve("data/rows");
        assertThat(Files.getOwner(rows).getName()).isEqualTo(own.name());
        assertThat(reads(own, app.release(1).resolve("data/rows"))).isTrue();
        assertThat(reads(own, app.release(2).resolve("data/rows"))).isTrue();
        assertThat(reads(neighbour, rows)).isFalse();
    }

    @Test
    void ofASiteNginxReadsThePagesAloneAndNeighboursNothing() throws Exception {
        host.builder.site = "out/pages";
        host.builder.shared = List.of("out/pages/media");
        Map<String, String> files =
                Map.of(
                        "out/pages/index.html", "<h1>Escale</h1>",
                        "out/pages/media/a.txt", "picture",
                        "out/report.txt", "inside",
                        ".env", "KEY=1",
                        "src/page.md", "draft");

        Heard heard = host.deploy(files);

        assertThat(heard.verdict().ending()).as("%s", heard.end).isEqualTo(Ending.LIVE);
        assertThat(host.ask("/").status()).isEqualTo(200);
        assertThat(host.ask("/media/a.txt").headers()).containsEntry("content-length", "7");
        assertThat(host.ask("/media/b.txt").status()).isEqualTo(404);
        var nginx = new HostUser("www-data");
        Path release = app.release(1);
        assertThat(reads(nginx, release.resolve("out/pages/index.html"))).isTrue();
        for (String file : List.of("out/report.txt", ".env", "src/page.md")) {
            assertThat(reads(nginx, release.resolve(file))).as(file).isFalse();
        }
        for (String file : files.keySet()) {
            assertThat(reads(neighbour, release.resolve(file))).as(file).isFalse();
        }
    }

    @Test
    void aFileThatHasANameInAnotherReleaseDoesNotChangeHands() throws Exception {
        Path release = Files.createDirectories(app.release(1));
        Files.writeString(release.resolve("own.js"), "1");
        Path elsewhere = Files.writeString(home.resolve("elsewhere"), "2");
        Files.createLink(release.resolve("shared.js"), elsewhere);
        HostUser own = users.runtime(TestHost.APP).orElseThrow();
        var plan =
                new ReleasePlan(
                        ReleasePlan.Kind.NODE,
                        release,
                        List.of("node", "own.js"),
                        null,
                        null,
                        "/",
                        java.time.Duration.ofSeconds(1),
                        "/usr/bin/node",
                        List.of(),
                        List.of(),
                        "c0ffee");

        new Releases(app, shell).complete(1, plan, own, null);

        assertThat(Files.getOwner(release.resolve("own.js")).getName()).isEqualTo(own.name());
        assertThat(Files.getOwner(elsewhere).getName()).isEqualTo("root");
    }

    private boolean reads(HostUser who, Path file) throws InterruptedException {
        return shell.run(HostCommand.of("cat", file.toString()).as(who)).succeeded();
    }
}
