package dev.escale.agent.build.detect;

import dev.escale.agent.release.BuildFailed;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.OutputLine;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which values a setting may have, wherever it was made. */
final class SettingsCheck {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,4})\\s*(s|m|min)?");
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private record Rule(String expected, Predicate<String> accepts) {}

    private static final Map<String, Rule> RULES =
            Map.of(
                    "type", new Rule("node, static", value -> value.matches("node|static")),
                    "root", new Rule("path/inside", SettingsCheck::inside),
                    "output", new Rule("path/inside", SettingsCheck::inside),
                    "port",
                            new Rule(
                                    "1–65535",
                                    value ->
                                            value.matches("[0-9]{1,5}")
                                                    && Integer.parseInt(value) >= 1
                                                    && Integer.parseInt(value) <= 65535),
                    "health.path",
                            new Rule("/path", value -> value.matches("/[!-~&&[^\"'\\\\]]{0,200}")),
                    "health.timeout",
                            new Rule(
                                    "1s–10m",
                                    value ->
                                            time(value).isPositive()
                                                    && time(value).compareTo(LONGEST) <= 0));

    private SettingsCheck() {}

    static List<Note> faults(Settings settings) {
        var faults = new ArrayList<Note>();
        settings.values()
                .forEach(
                        (key, setting) -> {
                            Rule rule = RULES.get(key);
                            if (rule != null && !rule.accepts().test(setting.value())) {
                                faults.add(
                                        wrong(
                                                setting.from(),
                                                key,
                                                setting.value(),
                                                rule.expected()));
                            }
                        });
        for (String path : settings.shared()) {
            if (!inside(path) || path.matches("\\.?/*")) {
                faults.add(wrong(EscaleYaml.FILE, "shared", path, "path/inside"));
            }
        }
        return faults;
    }

    /** The first fault is the reason, and all of them are the evidence. */
    static void refuse(List<Note> faults) throws BuildFailed {
        if (!faults.isEmpty()) {
            throw new BuildFailed(
                    faults.getFirst(), faults.stream().map(SettingsCheck::line).toList());
        }
    }

    static Note wrong(String file, String key, String value, String expected) {
        return Note.of(
                Notes.SETTINGS_WRONG_VALUE,
                "file",
                file,
                "key",
                key,
                "value",
                value.length() > 100 ? value.substring(0, 100) + "…" : value,
                "expected",
                expected);
    }

    /** Seconds unless a unit says otherwise; zero for what is no time. */
    static Duration time(String value) {
        Matcher time = TIME.matcher(value);
        if (!time.matches()) {
            return Duration.ZERO;
        }
        long number = Long.parseLong(time.group(1));
        String unit = time.group(2);
        return unit == null || unit.equals("s")
                ? Duration.ofSeconds(number)
                : Duration.ofMinutes(number);
    }

    private static boolean inside(String text) {
        try {
            Path path = Path.of(text);
            return !path.isAbsolute()
                    && !path.normalize().startsWith("..")
                    && !text.chars().anyMatch(Character::isISOControl);
        } catch (InvalidPathException malformed) {
            return false;
        }
    }

    private static OutputLine line(Note fault) {
        var facts = fault.facts();
        String line =
                facts.containsKey("nearest")
                        ? "%s: %s? → %s"
                        : "%s: %s ≠ " + facts.getOrDefault("expected", "") + ": %s";
        return new OutputLine(
                0,
                "escale",
                line.formatted(
                        facts.get("file"),
                        facts.get("key"),
                        facts.getOrDefault("nearest", facts.getOrDefault("value", ""))));
    }
}
