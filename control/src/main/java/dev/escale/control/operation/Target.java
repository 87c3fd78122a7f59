package dev.escale.control.operation;

import org.jspecify.annotations.Nullable;

/**
 * What an operation is done to.
 *
 * @param type such as {@code app}
 * @param server the server that it concerns, if one
 * @param app the app that it is, or is a part of
 */
public record Target(
        String type, String id, String name, @Nullable String server, @Nullable String app) {
    public static Target of(String type, String id, String name) {
        return new Target(type, id, name, null, null);
    }

    /**
     * @param id empty for one that is to be made
     */
    public static Target app(String id, String name, @Nullable String server) {
        return new Target("app", id, name, server, id.isEmpty() ? null : id);
    }

    /**
     * @param id empty for one that is to be made
     */
    public static Target server(String id, String name) {
        return new Target("server", id, name, id.isEmpty() ? null : id, null);
    }
}
