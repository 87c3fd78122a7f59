package dev.escale.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Where the working copy lies that the tests run in. */
public final class Repository {
    private Repository() {}

    /** The folder that holds the parent pom; the launcher names it, Maven runs inside it. */
    public static Path root() {
        Path folder = Path.of(System.getProperty("escale.root", "")).toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("testkit"))
                || !Files.exists(folder.resolve("pom.xml"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException("run the tests inside the repository");
            }
            folder = parent;
        }
        return folder;
    }

    /** The sample apps. */
    public static List<Path> examples() {
        Path examples = root().resolve("examples");
        if (!Files.isDirectory(examples)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(examples)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder with the lock file by which servers get PM2. */
    public static Path pm2() {
        return root().resolve("packaging/pm2");
    }

    /** Changes when any sample app, or PM2, wants other packages. */
    public static String packagesFingerprint() {
        var sum = new CRC32();
        for (Path example : Stream.concat(examples().stream(), Stream.of(pm2())).toList()) {
            for (String file : List.of("package.json", "package-lock.json")) {
                if (Files.exists(example.resolve(file))) {
                    try {
                        sum.update(Files.readAllBytes(example.resolve(file)));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        }
        return Long.toHexString(sum.getValue());
    }
}
