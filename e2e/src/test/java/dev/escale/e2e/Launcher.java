package dev.escale.e2e;

import dev.escale.testkit.Repository;
import dev.escale.testkit.Workplace;
import dev.escale.testkit.control.Build;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/**
 * {@code ./escale} as a user calls it. A copy that sees what was built, because the real one might
 * build anew what the tests run from.
 */
final class Launcher {
    private Launcher() {}

    static Path copyIn(Workplace workplace) {
        Build.controlFolder();
        Path root = Repository.root();
        Path checkout = workplace.folder("checkout");
        try {
            for (String part :
                    List.of("agent", "cli", "control", "examples", "packaging", "protocol")) {
                Files.createSymbolicLink(checkout.resolve(part), root.resolve(part));
            }
            Files.createSymbolicLink(checkout.resolve("pom.xml"), root.resolve("pom.xml"));
            Path launcher = Files.copy(root.resolve("escale"), checkout.resolve("escale"));
            Path built = Files.createFile(workplace.folder("checkout/target").resolve("built"));
            // newer than all sources, also than the copy that was made within the same tick
            Files.setLastModifiedTime(built, FileTime.from(Instant.now().plusSeconds(60)));
            return launcher;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
