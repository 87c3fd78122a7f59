package dev.escale.control.language;

import dev.escale.protocol.Note;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The sentences of {@code messages/<language>/*.properties} (UTF-8, one file per feature). How
 * facts stand in them: see {@link Sentence}.
 */
public final class Messages {
    public static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.FRENCH);

    private final Map<String, Map<String, Sentence>> byLanguage;

    private Messages(Map<String, Map<String, Sentence>> byLanguage) {
        this.byLanguage = byLanguage;
    }

    /**
     * @throws IllegalStateException when a key stands twice in a language
     */
    public static Messages load() {
        Map<String, Map<String, Sentence>> all = new HashMap<>();
        for (Locale language : LANGUAGES) {
            all.put(language.getLanguage(), read(language.getLanguage()));
        }
        return new Messages(all);
    }

    /** English or French, whichever is nearer to what the reader wants. */
    public static Locale supported(Locale wanted) {
        return wanted.getLanguage().equals("fr") ? Locale.FRENCH : Locale.ENGLISH;
    }

    /** The sentence with its facts; the key itself when there is none, which a test excludes. */
    public String text(Locale locale, String key, Map<String, String> facts) {
        return find(locale, key, facts).orElse(key);
    }

    public String text(Locale locale, String key) {
        return text(locale, key, Map.of());
    }

    public Optional<String> find(Locale locale, String key, Map<String, String> facts) {
        return sentence(locale, key).map(found -> found.text(supported(locale), facts));
    }

    public Optional<Sentence> sentence(Locale locale, String key) {
        return Optional.ofNullable(sentences(locale).get(key));
    }

    /** What an agent or a plan has to say. */
    public String note(Locale locale, Note note) {
        return text(locale, "note." + note.code(), note.facts());
    }

    public Set<String> keys(Locale locale) {
        return Set.copyOf(sentences(locale).keySet());
    }

    private Map<String, Sentence> sentences(Locale locale) {
        return byLanguage.getOrDefault(supported(locale).getLanguage(), Map.of());
    }

    private static Map<String, Sentence> read(String language) {
        Map<String, Sentence> sentences = new HashMap<>();
        try {
            Resource[] files =
                    new PathMatchingResourcePatternResolver()
                            .getResources("classpath*:messages/" + language + "/*.properties");
            for (Resource file : files) {
                read(file, sentences);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return Map.copyOf(sentences);
    }

    private static void read(Resource file, Map<String, Sentence> sentences) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        for (String key : properties.stringPropertyNames()) {
            Sentence sentence = Sentence.parse(properties.getProperty(key));
            if (sentences.put(key, sentence) != null) {
                throw new IllegalStateException(key + " stands twice, also in " + file);
            }
        }
    }
}
