package dev.escale.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir private Path folder;

    @Test
    void aNewHomeIsTheOwnersAlone() throws IOException {
        DataFolder.make(folder.resolve("home"));

        assertThat(rights(folder.resolve("home"))).isEqualTo("rwx------");
    }

    @Test
    void nobodyElseLooksIntoAHomeThatWasThereBefore() throws IOException {
        Path home = given("rwxrwxr-x");

        DataFolder.make(home);

        assertThat(rights(home)).isEqualTo("rwx--x--x");
    }

    @Test
    void aFolderOfEverybodyIsNoHome() throws IOException {
        Path home = given("rwxrwxrwx");

        assertThatThrownBy(() -> DataFolder.make(home))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("a folder of its own");
        assertThat(rights(home)).isEqualTo("rwxrwxrwx");
    }

    private Path given(String rights) throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        return Files.setPosixFilePermissions(home, PosixFilePermissions.fromString(rights));
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
