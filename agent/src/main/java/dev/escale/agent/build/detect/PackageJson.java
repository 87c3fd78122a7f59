package dev.escale.agent.build.detect;

import dev.escale.agent.release.BuildFailed;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import io.avaje.json.JsonException;
import io.avaje.json.mapper.JsonMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What concerns us of a {@code package.json}. */
record PackageJson(Map<String, Object> content) {
    static final String FILE = "package.json";
    private static final int DEEPEST = 100;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> DEPENDENCIES =
            List.of("dependencies", "devDependencies", "optionalDependencies");
    private static final List<String> RESOLUTION =
            List.of(
                    "dependencies",
                    "devDependencies",
                    "optionalDependencies",
                    "peerDependencies",
                    "bundleDependencies",
                    "overrides",
                    "resolutions",
                    "pnpm",
                    "packageManager",
                    "engines");
    private static final List<String> LIFECYCLE =
            List.of(
                    "preinstall",
                    "install",
                    "postinstall",
                    "prepublish",
                    "preprepare",
                    "prepare",
                    "postprepare");

    static Optional<PackageJson> in(FileTree tree) throws BuildFailed {
        Optional<String> text = tree.text(FILE);
        return text.isEmpty() ? Optional.empty() : Optional.of(parse(FILE, text.get()));
    }

    static PackageJson parse(String file, String text) throws BuildFailed {
        if (depth(text) > DEEPEST) {
            String said = "nested deeper than " + DEEPEST;
            throw new BuildFailed(
                    Note.of(Notes.DETECT_UNREADABLE, "file", file, "said", said), List.of());
        }
        try {
            Map<String, Object> content = JSON.fromJsonObject(text.replace("\uFEFF", ""));
            return new PackageJson(content == null ? Map.of() : content);
        } catch (JsonException | IllegalStateException | ClassCastException malformed) {
            String said = String.valueOf(malformed.getMessage());
            throw new BuildFailed(
                    Note.of(Notes.DETECT_UNREADABLE, "file", file, "said", said), List.of());
        }
    }

    /** The reader goes one call deeper for each level. */
    private static int depth(String text) {
        int depth = 0;
        int deepest = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '\\' -> i += quoted ? 1 : 0;
                case '"' -> quoted = !quoted;
                case '{', '[' -> deepest = Math.max(deepest, quoted ? depth : ++depth);
                case '}', ']' -> depth -= quoted ? 0 : 1;
                default -> {}
            }
        }
        return deepest;
    }

    Optional<String> script(String name) {
        return Optional.ofNullable(strings("scripts").get(name)).filter(text -> !text.isBlank());
    }

    /** Those that run after every installation, on files that may differ each time. */
    boolean hasLifecycleScript() {
        return LIFECYCLE.stream().anyMatch(name -> script(name).isPresent());
    }

    boolean dependsOn(String name) {
        return dependencies().containsKey(name);
    }

    Map<String, String> dependencies() {
        var all = new HashMap<String, String>();
        DEPENDENCIES.forEach(section -> all.putAll(strings(section)));
        return all;
    }

    /** A dependency is a folder of the repository, or the project has parts of its own. */
    boolean hasLocalPackages() {
        return hasWorkspaces()
                || dependencies().values().stream()
                        .anyMatch(version -> version.matches("(file|link|portal|workspace):.*"));
    }

    boolean hasWorkspaces() {
        return content.containsKey("workspaces");
    }

    Optional<String> text(String key) {
        return content.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    Optional<String> text(String section, String key) {
        return Optional.ofNullable(strings(section).get(key));
    }

    /** All that decides which packages are installed. */
    String resolution() {
        var all = new HashMap<String, Object>();
        RESOLUTION.forEach(key -> all.put(key, content.getOrDefault(key, "")));
        return JSON.toJson(new java.util.TreeMap<>(all));
    }

    private Map<String, String> strings(String section) {
        var strings = new HashMap<String, String>();
        if (content.get(section) instanceof Map<?, ?> map) {
            map.forEach(
                    (key, value) -> {
                        if (key instanceof String name && value instanceof String text) {
                            strings.put(name, text);
                        }
                    });
        }
        return strings;
    }
}
