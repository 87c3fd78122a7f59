package dev.escale.control.operation;

import org.jspecify.annotations.Nullable;

/**
 * What an operation is done to.
 *
 * @param type such as {@code app}
 * @param server the server that it concerns, if one
 */
public record Target(String type, String id, String name, @Nullable String server) {
    public static Target of(String type, String id, String name) {
        return new Target(type, id, name, null);
    }
}
