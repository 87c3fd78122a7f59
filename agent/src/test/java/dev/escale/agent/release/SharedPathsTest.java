package dev.escale.agent.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.protocol.Ending;
import dev.escale.protocol.Notes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an app keeps from release to release. */
class SharedPathsTest {

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
}
