package dev.escale.agent.nginx;

import java.nio.file.Path;
import java.util.List;

/**
 * What Nginx serves for one app. Which release, and which of the two slots, stands not in here but
 * in the {@link LiveLink} that Nginx reads at each request, so that a switch needs no reload.
 *
 * @param app id
 * @param names at least one
 * @param live folder of the app's {@link LiveLink}
 */
public record Site(
        String app, List<Hostname> names, Path chain, Path key, Path live, Content content) {
    public Site {
        names = List.copyOf(names);
        if (names.isEmpty() || !app.matches("[a-z0-9_]{3,40}")) {
            throw new IllegalArgumentException("a site needs an id and a name");
        }
    }

    /** What stands behind it. */
    public sealed interface Content {}

    /** An app with two places to listen, taken in turns. */
    public record Proxy(Endpoint a, Endpoint b) implements Content {}

    /**
     * Files.
     *
     * @param singlePage whether unknown paths are answered with {@code /index.html}, but those that
     *     end like a file's
     * @param shared folders that outlive releases
     */
    public record Files(boolean singlePage, List<Shared> shared) implements Content {
        public Files {
            shared = List.copyOf(shared);
        }
    }

    /**
     * @param at path of the address, without slashes at its ends
     * @param folder where its files are
     */
    public record Shared(Path at, Path folder) {}
}
