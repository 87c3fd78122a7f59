package dev.escale.control.operation;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a request came from.
 *
 * @param ip address of the far end; null when it is this process itself
 */
public record Origin(@Nullable String ip, Via via) {
    public static final Origin SYSTEM = new Origin(null, Via.SYSTEM);

    /** The door. Stored in lower case. */
    public enum Via {
        PAGE,
        API,
        CLI,
        GIT,
        AGENT,
        SYSTEM;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
