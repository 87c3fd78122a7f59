package dev.escale.control.account;

import org.jspecify.annotations.Nullable;

/**
 * A person as they see themselves.
 *
 * @param language {@code en}, {@code fr}, or {@code browser}: as the browser wishes
 * @param theme {@code dark}, {@code light}, or {@code system}: as the system is set
 * @param timeZone an IANA name, or {@code browser}: that of the browser
 */
record PersonShown(
        String id,
        String name,
        @Nullable String email,
        @Nullable String language,
        @Nullable String theme,
        @Nullable String timeZone) {

    static PersonShown of(Person person) {
        PreferenceWords words = PreferenceWords.of(person.preferences());
        return new PersonShown(
                person.id(),
                person.name(),
                person.email(),
                words.language(),
                words.theme(),
                words.timeZone());
    }
}
