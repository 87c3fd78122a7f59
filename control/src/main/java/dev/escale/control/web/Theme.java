package dev.escale.control.web;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A reader's own choice; without one, pages follow the system. */
public enum Theme {
    DARK,
    LIGHT;

    /** As in the cookie and in {@code data-theme}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Theme> of(@Nullable String text) {
        return Arrays.stream(values()).filter(theme -> theme.text().equals(text)).findFirst();
    }
}
