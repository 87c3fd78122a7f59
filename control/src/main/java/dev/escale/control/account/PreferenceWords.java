package dev.escale.control.account;

import dev.escale.control.language.Messages;
import dev.escale.control.operation.Fault;
import dev.escale.control.web.Preferences;
import dev.escale.control.web.Theme;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Preferences as doors write them. A word says that the choice is left open, so that leaving a
 * field out can mean that it stays.
 *
 * @param language {@code en}, {@code fr} or {@code browser}
 * @param theme {@code dark}, {@code light} or {@code system}
 * @param timeZone an IANA name or {@code browser}
 */
record PreferenceWords(
        @Nullable String language, @Nullable String theme, @Nullable String timeZone) {
    static final String BROWSER = "browser";
    static final String SYSTEM = "system";

    static PreferenceWords of(Preferences preferences) {
        Locale language = preferences.language();
        Theme theme = preferences.theme();
        ZoneId zone = preferences.timeZone();
        return new PreferenceWords(
                language == null ? BROWSER : language.getLanguage(),
                theme == null ? SYSTEM : theme.text(),
                zone == null ? BROWSER : zone.getId());
    }

    /** What is wrong with them. */
    List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        if (language != null && !language.equals(BROWSER) && language(language).isEmpty()) {
            faults.add(Fault.of("language", "person.language", "language", language));
        }
        if (theme != null && !theme.equals(SYSTEM) && Theme.of(theme).isEmpty()) {
            faults.add(Fault.of("theme", "person.theme", "theme", theme));
        }
        if (timeZone != null && !timeZone.equals(BROWSER) && zone(timeZone).isEmpty()) {
            faults.add(Fault.of("timeZone", "person.timeZone", "timeZone", timeZone));
        }
        return faults;
    }

    /** With what is not said staying as it was. */
    Preferences over(Preferences was) {
        return new Preferences(
                language == null ? was.language() : language(language).orElse(null),
                theme == null ? was.theme() : Theme.of(theme).orElse(null),
                timeZone == null ? was.timeZone() : zone(timeZone).orElse(null));
    }

    private static Optional<Locale> language(String word) {
        return Messages.LANGUAGES.stream()
                .filter(each -> each.getLanguage().equals(word))
                .findFirst();
    }

    /** A region, whose clock change is known; not a mere offset. */
    static Optional<ZoneId> zone(@Nullable String name) {
        return name != null && ZoneId.getAvailableZoneIds().contains(name)
                ? Optional.of(ZoneId.of(name))
                : Optional.empty();
    }
}
