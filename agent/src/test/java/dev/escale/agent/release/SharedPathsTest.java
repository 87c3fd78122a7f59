package dev.escale.agent.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.protocol.Ending;
import dev.escale.protocol.Notes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an app keeps from release to release. */
@Tag("slow")
class SharedPathsTest {
    /** Keeps rows in a file, with a journal beside it, and says whether it could. */
    private static final String WRITER =
            """
            const fs = require('fs');
            require('http').createServer((q, r) => {
              try {
                if (q.url === '/write') {
                  fs.mkdirSync('data', { recursive: true });
                  fs.writeFileSync('data/rows-journal', 'x');
                  fs.appendFileSync('data/rows', 'row;');
                  fs.unlinkSync('data/rows-journal');
                }
                r.setHeader('X-Rows', q.url === '/' ? '' : fs.readFileSync('data/rows'));
              } catch (e) { r.setHeader('X-Rows', e.code); }
              r.end();
            }).listen(process.env.PORT, process.env.HOST);
            """;

    @TempDir private Path folder;
    private TestHost host;

    @BeforeEach
    void start() throws Exception {
        host = new TestHost(folder);
    }

    @AfterEach
    void end() throws Exception {
        host.close();
    }

    @Test
    void refusesAFileWhetherTheCommitBringsItOrItsNameTells() throws Exception {
        host.builder.shared = List.of("data.sqlite");

        Heard named = host.deploy(TestHost.GOOD);
        Heard brought = host.deploy(Map.of("server.js", TestHost.GOOD, "data.sqlite", ""));

        for (Heard heard : List.of(named, brought)) {
            assertThat(heard.verdict().ending()).isEqualTo(Ending.FAILED);
            assertThat(heard.reason()).isEqualTo(Notes.SHARED_FILE);
        }
        assertThat(folder.resolve("apps/app_test/shared/data.sqlite")).doesNotExist();
    }

    @Test
    void sharesAFolderWhoseNameLooksLikeAFileWhenItEndsInASlashOrIsBrought() throws Exception {
        host.builder.shared = List.of("v1.data/", "site.d", ".data");

        Heard heard = host.deploy(Map.of("server.js", TestHost.GOOD, "site.d/a", "1"));

        assertThat(heard.verdict().ending()).as("%s", heard.end).isEqualTo(Ending.LIVE);
        Path shared = folder.resolve("apps/app_test/shared");
        assertThat(shared.resolve("v1.data")).isDirectory();
        assertThat(shared.resolve(".data")).isDirectory();
        assertThat(shared.resolve("site.d/a")).hasContent("1");
    }

    @Test
    void takesOverWhatTheServingReleaseHasWrittenWhenAFolderIsSharedLater() throws Exception {
        var files = Map.of("server.js", WRITER, "data/seed", "from the commit");
        host.deploy(files);
        host.ask("/write");
        host.builder.shared = List.of("data");

        Heard failing = host.deploy("process.exit(1)");
        assertThat(failing.warnings).containsExactly("shared.takenOver{path=data, release=1}");
        assertThat(host.ask("/write").headers()).containsEntry("x-rows", "row;row;");
        Heard heard = host.deploy(files);

        assertThat(heard.verdict().ending()).as("%s", heard.end).isEqualTo(Ending.LIVE);
        assertThat(heard.warnings).isEmpty();
        assertThat(host.ask("/write").headers()).containsEntry("x-rows", "row;row;row;");
        assertThat(folder.resolve("apps/app_test/shared/data/rows")).hasContent("row;row;row;");
        assertThat(folder.resolve("apps/app_test/releases/1/data")).isSymbolicLink();
    }

    @Test
    void warnsOfWhatTheServingReleaseHasWrittenAndNothingKeeps() throws Exception {
        host.deploy(Map.of("server.js", WRITER, "page.txt", "1", "node_modules/a/index.js", "1"));
        Heard nothing = host.deploy(WRITER);
        host.ask("/write");
        Path release = folder.resolve("apps/app_test/releases/2");
        Files.writeString(release.resolve("out.log"), "line");
        Files.writeString(Files.createDirectories(release.resolve(".cache")).resolve("a"), "b");
        host.builder.shared = List.of("uploads");

        Heard heard = host.deploy(WRITER);

        assertThat(nothing.warnings).isEmpty();
        assertThat(heard.warnings)
                .containsExactly("files.leftBehind{count=1, files=data/rows, release=2}");
        assertThat(heard.verdict().ending()).isEqualTo(Ending.LIVE);
    }

    @Test
    void followsNoLinkThatARunningAppPutInTheWay() throws Exception {
        Path secret = Files.createDirectories(folder.resolve("elsewhere/data"));
        host.deploy(WRITER);
        Files.createSymbolicLink(
                folder.resolve("apps/app_test/releases/1/inner"), folder.resolve("elsewhere"));
        host.builder.shared = List.of("inner/data");

        Heard heard = host.deploy(WRITER);

        assertThat(heard.verdict().ending()).as("%s", heard.end).isEqualTo(Ending.LIVE);
        assertThat(secret).isDirectory();
        assertThat(heard.warnings).isEmpty();
    }
}
