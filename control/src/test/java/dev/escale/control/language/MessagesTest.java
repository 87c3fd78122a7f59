package dev.escale.control.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private final Messages messages = Messages.load();

    @Test
    void bothLanguagesHaveTheSameSentences() {
        assertThat(messages.keys(Locale.FRENCH)).isEqualTo(messages.keys(Locale.ENGLISH));
    }

    @Test
    void bothLanguagesTellTheSameFacts() {
        Set<String> different = new TreeSet<>();

        for (String key : messages.keys(Locale.ENGLISH)) {
            Set<String> english = facts(Locale.ENGLISH, key);
            Set<String> french = facts(Locale.FRENCH, key);
            if (!english.equals(french)) {
                different.add(key + " " + english + " " + french);
            }
        }

        assertThat(different).isEmpty();
    }

    @Test
    void everySentenceThatTheSourcesAskForIsThere() {
        Set<String> missing = new TreeSet<>(MessageKeys.read().wanted());

        missing.removeAll(messages.keys(Locale.ENGLISH));

        assertThat(missing).isEmpty();
    }

    @Test
    void noSentenceIsLeftThatNobodyAsksFor() {
        MessageKeys sources = MessageKeys.read();
        Set<String> unused = new TreeSet<>(messages.keys(Locale.ENGLISH));

        unused.removeIf(sources::isUsed);

        assertThat(unused).isEmpty();
    }

    private Set<String> facts(Locale language, String key) {
        return messages.sentence(language, key).map(Sentence::facts).orElse(Set.of());
    }
}
