package dev.escale.agent.build.detect;

import java.util.List;

/** How the app reaches its visitors. */
public sealed interface Serving {
    /**
     * By a process.
     *
     * @param command as a person would type it in the app's folder
     */
    record Process(String command) implements Serving {}

    /**
     * By files alone.
     *
     * @param folders where the first page may lie once all is built, the likeliest first; empty
     *     text for the app's folder itself
     */
    record Files(List<String> folders) implements Serving {
        public Files {
            folders = List.copyOf(folders);
        }
    }
}
