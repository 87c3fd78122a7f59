package dev.escale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static final Pattern LITERAL =
            Pattern.compile("\"([a-z][A-Za-z]*(?:\\.[A-Za-z0-9_]+)*)\"");

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertThat(keys("words_fr.properties")).isEqualTo(keys("words.properties"));
    }

    @Test
    void everyKeyIsUsedAndEveryUsedKeyExists() throws IOException {
        String sources = sources();
        Set<String> used =
                LITERAL.matcher(sources)
                        .results()
                        .map(found -> found.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));

        Set<String> unused = new TreeSet<>(keys("words.properties"));
        unused.removeAll(used);
        // picocli looks these up itself
        unused.removeIf(
                key ->
                        key.matches(
                                ".*usage\\.(description|synopsisHeading|commandListHeading)"
                                        + "|mixinStandardHelpOptions\\..*"));
        unused.removeIf(
                key ->
                        key.matches(
                                "(step|status|app\\.state|invitation\\.state|mail\\.state|right)\\..*|apps\\.(start|stop|restart)\\.done"));

        assertThat(unused).isEmpty();
        assertThat(said(sources)).isSubsetOf(keys("words.properties"));
    }

    private static Set<String> said(String sources) {
        return Pattern.compile("Words\\.say\\(\\s*\"([^\"]+[^.\"])\"|descriptionKey = \"([^\"]+)\"")
                .matcher(sources)
                .results()
                .map(found -> found.group(1) != null ? found.group(1) : found.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(WordsTest::text)
                    .collect(Collectors.joining());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static Set<String> keys(String file) {
        try (var stream = WordsTest.class.getResourceAsStream(file)) {
            return new TreeSet<>(
                    new java.util.PropertyResourceBundle(java.util.Objects.requireNonNull(stream))
                            .keySet());
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    @Test
    void everyCommandSaysWhatItDoes() {
        var line = new picocli.CommandLine(new Main());
        ResourceBundle bundle = Words.bundle();
        line.setResourceBundle(bundle);

        assertThat(undescribed(line)).isEmpty();
    }

    private static Set<String> undescribed(picocli.CommandLine line) {
        Set<String> names = new TreeSet<>();
        var spec = line.getCommandSpec();
        if (!spec.usageMessage().hidden() && spec.usageMessage().description().length == 0) {
            names.add(spec.qualifiedName());
        }
        line.getSubcommands().values().forEach(each -> names.addAll(undescribed(each)));
        return names;
    }
}
