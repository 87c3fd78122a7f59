package dev.escale.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnFilesTest {

    @Test
    void nobodyElseReadsWhatABackgroundProcessPrints(@TempDir Path home) throws IOException {
        Path log = home.resolve("log/control-plane.log");
        Files.createDirectories(log.getParent());
        Files.writeString(log, "https://localhost:8420/login/once");
        rights(log.getParent(), "rwxr-xr-x");
        rights(log, "rw-r--r--");

        Background.run("echo", List.of("echo", "here"), Map.of(), home, log);

        assertThat(log).hasContent("here");
        assertThat(rights(log)).isEqualTo("rw-------");
        assertThat(rights(log.getParent())).isEqualTo("rwx------");
    }

    @Test
    void aHomeCanBePassedButNotLookedInto(@TempDir Path folder) throws IOException {
        Path home = folder.resolve("deep/home");

        OwnFiles.passage(home);

        assertThat(rights(home)).isEqualTo("rwx--x--x");
    }

    private static void rights(Path path, String rights) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
