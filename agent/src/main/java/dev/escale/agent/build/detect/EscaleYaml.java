package dev.escale.agent.build.detect;

import dev.escale.agent.release.BuildFailed;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.OutputLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads {@code escale.yaml}; every fault in it is told at once. */
final class EscaleYaml {
    static final String FILE = "escale.yaml";
    private static final int LONGEST = 32 << 10;
    private static final Set<String> UNUSED = Set.of("workers", "cron", "hotpath", "preview");
    private static final Set<String> KEYS =
            new TreeSet<>(
                    Set.of(
                            "type",
                            "root",
                            "build",
                            "start",
                            "output",
                            "port",
                            "health",
                            "health.path",
                            "health.timeout",
                            "node",
                            "env",
                            "shared",
                            "release",
                            "workers",
                            "cron",
                            "hotpath",
                            "preview"));

    private final Map<String, Settings.Setting> values = new HashMap<>();
    private final List<String> shared = new ArrayList<>();
    private final List<String> env = new ArrayList<>();
    private final List<Note> faults = new ArrayList<>();
    private final Findings findings;

    private EscaleYaml(Findings findings) {
        this.findings = findings;
    }

    static Settings read(String text, Findings findings) throws BuildFailed {
        var yaml = new EscaleYaml(findings);
        yaml.takeAll("", yaml.parse(text));
        yaml.refuseFaults();
        return new Settings(yaml.values, yaml.shared, yaml.env);
    }

    private Map<?, ?> parse(String text) throws BuildFailed {
        var settings =
                LoadSettings.builder()
                        .setLabel(FILE)
                        .setAllowDuplicateKeys(false)
                        .setCodePointLimit(LONGEST)
                        .build();
        try {
            YamlShape.check(FILE, new Parse(settings).parseString(text));
            Object content = new Load(settings).loadFromString(text);
            if (content == null) {
                return Map.of();
            }
            if (content instanceof Map<?, ?> map) {
                return map;
            }
            throw unreadable("1", "key: value expected");
        } catch (MarkedYamlEngineException malformed) {
            String line = malformed.getProblemMark().map(m -> "" + (m.getLine() + 1)).orElse("1");
            throw unreadable(line, malformed.getProblem());
        } catch (YamlEngineException malformed) {
            throw unreadable("1", String.valueOf(malformed.getMessage()));
        }
    }

    private void takeAll(String prefix, Map<?, ?> map) {
        map.forEach((key, value) -> take(prefix + key, value));
    }

    private void take(String key, @Nullable Object value) {
        if (!KEYS.contains(key)) {
            unknown(key);
        } else if (UNUSED.contains(key)) {
            findings.warn(Note.of(Notes.SETTINGS_KEY_UNUSED, "key", key), FILE);
        } else if (value != null) {
            takeKnown(key, value);
        }
    }

    private void takeKnown(String key, Object value) {
        switch (key) {
            case "health" -> {
                if (value instanceof Map<?, ?> map) {
                    takeAll("health.", map);
                } else {
                    wrong(key, value, "path, timeout");
                }
            }
            case "shared" -> takeList(key, value, shared, "[^/].*");
            case "env" -> takeList(key, value, env, "[A-Za-z_][A-Za-z0-9_]*");
            case "build" -> takeBuild(value);
            default -> {
                if (value instanceof String || value instanceof Number) {
                    values.put(key, new Settings.Setting(value.toString().strip(), FILE));
                } else {
                    wrong(key, value, "text");
                }
            }
        }
    }

    /** One command, several in order, or {@code false} for none. */
    private void takeBuild(Object value) {
        if (Boolean.FALSE.equals(value)) {
            values.put("build", new Settings.Setting("", FILE));
        } else if (value instanceof List<?> list
                && list.stream().allMatch(String.class::isInstance)) {
            String all = String.join(" && ", list.stream().map(String.class::cast).toList());
            values.put("build", new Settings.Setting(all, FILE));
        } else if (value instanceof String text) {
            values.put("build", new Settings.Setting(text.strip(), FILE));
        } else {
            wrong("build", value, "text");
        }
    }

    private void takeList(String key, Object value, List<String> into, String form) {
        List<?> list = value instanceof List<?> several ? several : List.of(value);
        for (Object item : list) {
            if (item instanceof String text && text.matches(form)) {
                into.add(text);
            } else {
                wrong(key, String.valueOf(item), key.equals("env") ? "NAME" : "path/inside");
            }
        }
    }

    private void unknown(String key) {
        String nearest = Nearest.to(key, KEYS);
        faults.add(
                Note.of(Notes.SETTINGS_UNKNOWN_KEY, "file", FILE, "key", key, "nearest", nearest));
    }

    private void wrong(String key, Object value, String expected) {
        faults.add(SettingsCheck.wrong(FILE, key, String.valueOf(value), expected));
    }

    private void refuseFaults() throws BuildFailed {
        faults.addAll(SettingsCheck.faults(new Settings(values, shared, env)));
        SettingsCheck.refuse(faults);
    }

    private static BuildFailed unreadable(String line, String said) {
        return new BuildFailed(
                Note.of(Notes.SETTINGS_UNREADABLE, "file", FILE, "line", line, "said", said),
                List.of(new OutputLine(0, "escale", FILE + ":" + line + ": " + said)));
    }
}
