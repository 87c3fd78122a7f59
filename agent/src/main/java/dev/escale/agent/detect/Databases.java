package dev.escale.agent.detect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The database servers that are installed here, by the programs that they bring. */
final class Databases {
    private static final Map<String, String> SERVERS =
            Map.of(
                    "mysqld", "MySQL",
                    "mariadbd", "MariaDB",
                    "redis-server", "Redis",
                    "valkey-server", "Valkey",
                    "mongod", "MongoDB");

    private Databases() {}

    /**
     * @param root of the host's files
     */
    static List<String> installed(Path root) {
        var found = new ArrayList<String>();
        if (postgresql(root)) {
            found.add("PostgreSQL");
        }
        SERVERS.forEach(
                (program, name) -> {
                    if (Programs.find(root, program).isPresent()) {
                        found.add(name);
                    }
                });
        if (found.contains("MariaDB")) {
            found.remove("MySQL"); // MariaDB brings a mysqld of its own
        }
        found.sort(null);
        return found;
    }

    /** Debian keeps each major version in a folder of its own. */
    private static boolean postgresql(Path root) {
        try (var versions = Files.list(root.resolve("usr/lib/postgresql"))) {
            return versions.anyMatch(v -> Files.isExecutable(v.resolve("bin/postgres")));
        } catch (IOException none) {
            return Programs.find(root, "postgres").isPresent();
        }
    }
}
