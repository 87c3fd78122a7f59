package dev.escale.agent.nginx;

import java.nio.file.Path;

/** An absolute path that can stand in Nginx's configuration without quoting. */
record ConfigPath(Path path) {
    ConfigPath {
        if (!path.isAbsolute() || !path.toString().matches("[A-Za-z0-9/._@+-]+")) {
            throw new IllegalArgumentException(
                    "the path " + path + " cannot stand in Nginx's configuration");
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
