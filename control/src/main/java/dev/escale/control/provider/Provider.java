package dev.escale.control.provider;

import java.util.Locale;

/** Who can say who somebody is. In lower case in addresses and tables. */
public enum Provider {
    GITHUB("GitHub"),
    GITLAB("GitLab");

    private final String label;

    Provider(String label) {
        this.label = label;
    }

    public static Provider parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As it writes itself. */
    public String label() {
        return label;
    }
}
