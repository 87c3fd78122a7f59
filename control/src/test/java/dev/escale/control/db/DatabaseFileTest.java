package dev.escale.control.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseFileTest {

    @Test
    void onlyTheOwnerReadsTheDatabaseAndItsLog(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("data/escale.db");

        try (OpenDatabase opened = OpenDatabase.open(new DatabaseUrl.Sqlite(file), null)) {
            assertThat(opened.database()).isNotNull();
            assertThat(rights(file.getParent())).isEqualTo("rwx------");
            try (Stream<Path> files = Files.list(file.getParent())) {
                assertThat(files)
                        .hasSize(4)
                        .allSatisfy(each -> assertThat(rights(each)).isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void aFileThatOthersCouldReadIsClosedToThem(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("escale.db");
        Files.createFile(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        OpenDatabase.open(new DatabaseUrl.Sqlite(file), null).close();

        assertThat(rights(file)).isEqualTo("rw-------");
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
