package dev.escale.agent.release;

import java.nio.file.Path;

/** The folder of one app below the agent's home. */
public record AppFolder(Path root) {
    /**
     * @param app an id; anything that could leave the folder is refused
     */
    public static AppFolder of(Path agentHome, String app) {
        if (!named(app)) {
            throw new IllegalArgumentException("not the id of an app");
        }
        return new AppFolder(agentHome.resolve("apps").resolve(app));
    }

    /** Whether this can be the id of an app. */
    static boolean named(String app) {
        return app.matches("[a-z0-9_]{3,40}");
    }

    public Path mirror() {
        return root.resolve("mirror.git");
    }

    /** Home of the build user, with the caches of package managers. */
    public Path cache() {
        return root.resolve("cache");
    }

    public Path releases() {
        return root.resolve("releases");
    }

    public Path release(long number) {
        return releases().resolve(Long.toString(number));
    }

    public Path shared() {
        return root.resolve("shared");
    }

    public Path current() {
        return root.resolve("current");
    }

    public Path state() {
        return root.resolve("app.json");
    }

    /** Which deployment builds. */
    Path building() {
        return root.resolve("building.json");
    }
}
