package dev.escale.control.operation;

import java.util.Locale;

/**
 * Where something is granted: in the whole team, on a server and the apps that run there, or on one
 * app.
 *
 * @param id of the server or app; empty for the team
 */
public record Scope(Kind kind, String id) {
    public static final Scope TEAM = new Scope(Kind.TEAM, "");

    /** Stored in lower case. */
    public enum Kind {
        TEAM,
        SERVER,
        APP;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Kind parse(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    public static Scope server(String id) {
        return new Scope(Kind.SERVER, id);
    }

    public static Scope app(String id) {
        return new Scope(Kind.APP, id);
    }

    boolean covers(Target target) {
        return switch (kind) {
            case TEAM -> true;
            case SERVER -> id.equals(target.server());
            case APP -> id.equals(target.app());
        };
    }
}
