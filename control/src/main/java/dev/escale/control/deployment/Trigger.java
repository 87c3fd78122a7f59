package dev.escale.control.deployment;

import java.util.Locale;

/** What began a deployment. */
public enum Trigger {
    PUSH,
    MANUAL,
    ROLLBACK,
    ENVIRONMENT;

    /** As in the contract and the database. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a kept release is served again, without a build. */
    public boolean servesKeptRelease() {
        return switch (this) {
            case PUSH, MANUAL -> false;
            case ROLLBACK, ENVIRONMENT -> true;
        };
    }

    static Trigger of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
