package dev.escale.control.account;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session in the list.
 *
 * @param browser its name as far as it can be told, else empty
 * @param current whether it is the one that asks
 */
public record SessionRow(
        String id,
        String browser,
        @Nullable String address,
        Instant createdAt,
        Instant lastUsedAt,
        boolean current) {
    private static final List<String> BROWSERS =
            List.of("Firefox", "Edg", "OPR", "Chrome", "Safari", "curl");
    private static final List<String> SYSTEMS =
            List.of("Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux");

    static SessionRow of(Sessions.Shown session, boolean current) {
        return new SessionRow(
                session.id(),
                browser(session.browser()),
                session.address(),
                session.createdAt(),
                session.lastUsedAt(),
                current);
    }

    static String browser(@Nullable String agent) {
        if (agent == null) {
            return "";
        }
        String name = first(BROWSERS, agent).replace("Edg", "Edge").replace("OPR", "Opera");
        String system = first(SYSTEMS, agent).replace("Mac OS X", "macOS");
        return system.isEmpty() ? name : name + ", " + system;
    }

    private static String first(List<String> names, String text) {
        return names.stream().filter(text::contains).findFirst().orElse("");
    }
}
