package dev.escale.control;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The settings as texts, from the environment and the file behind it, and the faults in them. */
final class Settings {
    static final List<String> KNOWN =
            List.of(
                    "ESCALE_HOME",
                    "ESCALE_PORT",
                    "ESCALE_PUBLIC_URL",
                    "ESCALE_DATABASE_URL",
                    "ESCALE_DATABASE_MIGRATION_URL",
                    "ESCALE_TRUSTED_PROXIES",
                    "ESCALE_MASTER_KEY",
                    "ESCALE_MASTER_KEY_FILE",
                    "ESCALE_AGENT_PORT",
                    "ESCALE_TLS_CERT",
                    "ESCALE_TLS_KEY",
                    "ESCALE_BOOTSTRAP_TOKEN",
                    "ESCALE_PUSH_LIMIT",
                    "ESCALE_PUSH_OBJECT_LIMIT",
                    "ESCALE_GITHUB_URL",
                    "ESCALE_GITHUB_API_URL",
                    "ESCALE_GITHUB_CLIENT_ID",
                    "ESCALE_GITHUB_CLIENT_SECRET",
                    "ESCALE_GITLAB_URL",
                    "ESCALE_GITLAB_CLIENT_ID",
                    "ESCALE_GITLAB_CLIENT_SECRET",
                    "ESCALE_SIGN_UP",
                    "ESCALE_SMTP_URL");

    private final Path home;
    private final Map<String, String> values;
    private final List<String> faults = new ArrayList<>();

    private Settings(Path home, Map<String, String> values) {
        this.home = home;
        this.values = values;
    }

    static Settings of(Map<String, String> environment) {
        String given = environment.getOrDefault("ESCALE_HOME", "").strip();
        Path home =
                given.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".escale")
                        : Path.of(given);
        Settings settings = new Settings(home.toAbsolutePath().normalize(), new HashMap<>());
        settings.readFile();
        settings.readEnvironment(environment);
        return settings;
    }

    Path home() {
        return home;
    }

    @Nullable String get(String name) {
        return values.get(name);
    }

    /**
     * @return the parsed value; null when it is not set or wrong
     * @param wanted ends the sentence "NAME must be …"
     */
    <T> @Nullable T parse(String name, String wanted, Function<String, T> parser) {
        String text = values.get(name);
        if (text == null) {
            return null;
        }
        try {
            return parser.apply(text);
        } catch (RuntimeException wrong) {
            fault(name + " must be " + wanted + ".");
            return null;
        }
    }

    void fault(String sentence) {
        faults.add(sentence);
    }

    void refuseFaults() {
        if (!faults.isEmpty()) {
            throw new StartRefused(String.join(System.lineSeparator(), faults));
        }
    }

    private void readFile() {
        Path file = home.resolve("escale.properties");
        if (!Files.exists(file)) {
            return;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException failure) {
            fault("%s cannot be read: %s.".formatted(file, failure.getMessage()));
        }
        for (String name : properties.stringPropertyNames()) {
            if (KNOWN.contains(name)) {
                put(name, properties.getProperty(name));
            } else {
                fault("%s has the unknown key %s%s.".formatted(file, name, suggestion(name, 99)));
            }
        }
    }

    private void readEnvironment(Map<String, String> environment) {
        environment.forEach(
                (name, value) -> {
                    if (KNOWN.contains(name)) {
                        put(name, value);
                    } else if (name.startsWith("ESCALE_") && !suggestion(name, 2).isEmpty()) {
                        fault("%s is not a setting%s.".formatted(name, suggestion(name, 2)));
                    }
                });
    }

    private void put(String name, String value) {
        if (!value.isBlank()) {
            values.put(name, value.strip());
        }
    }

    private static String suggestion(String name, int distance) {
        return KNOWN.stream()
                .filter(known -> distance(known, name) <= distance)
                .min(java.util.Comparator.comparingInt(known -> distance(known, name)))
                .map("; did you mean %s?"::formatted)
                .map(text -> text.substring(0, text.length() - 1))
                .orElse("");
    }

    /** Levenshtein's. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
