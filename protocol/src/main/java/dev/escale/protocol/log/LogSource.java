package dev.escale.protocol.log;

import io.avaje.jsonb.Json;

/**
 * Where lines come from on one server.
 *
 * @param id of the app; empty for the others
 * @param name for people and for {@code app:} in queries: the app's slug; empty for the others
 */
@Json
public record LogSource(Kind kind, String id, String name) {
    /** The kinds that there are. */
    public enum Kind {
        /** What one app prints. */
        APP,
        /** Requests that Nginx answered or refused, for one app. */
        ACCESS,
        /** What Nginx itself says. */
        NGINX,
        /** The journal of the host, or its files in {@code /var/log}. */
        SYSTEM,
        /** What the agent does. */
        AGENT
    }

    public static LogSource app(String id, String slug) {
        return new LogSource(Kind.APP, id, slug);
    }
}
