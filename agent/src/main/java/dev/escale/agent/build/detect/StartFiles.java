package dev.escale.agent.build.detect;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Files other than {@code package.json} that tell how an app is started. */
final class StartFiles {
    private static final Pattern PROCESS = Pattern.compile("(?m)^([A-Za-z0-9_-]+):[ \\t]*(\\S.*)$");
    private static final Pattern SCRIPT =
            Pattern.compile("[\"']?script[\"']?\\s*:\\s*[\"'`]([^\"'`]+)[\"'`]");
    private static final Pattern ARGUMENTS =
            Pattern.compile("[\"']?args[\"']?\\s*:\\s*(?:[\"'`]([^\"'`]*)[\"'`]|\\[([^\\]]*)])");
    private static final String[] PM2 = {
        "ecosystem.config.js",
        "ecosystem.config.cjs",
        "ecosystem.config.mjs",
        "ecosystem.json",
        "pm2.config.js",
        "pm2.config.cjs",
        "pm2.json",
        "process.json"
    };

    private final FileTree tree;

    StartFiles(FileTree tree) {
        this.tree = tree;
    }

    /** Commands of a {@code Procfile} by name. */
    Map<String, String> procfile() {
        var processes = new TreeMap<String, String>();
        Matcher line = PROCESS.matcher(tree.text("Procfile").orElse(""));
        while (line.find()) {
            processes.putIfAbsent(line.group(1), line.group(2).strip());
        }
        return processes;
    }

    Optional<String> pm2File() {
        for (String file : PM2) {
            if (tree.hasFile(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /**
     * The first app of PM2's file, as a command; empty when it cannot be read or lies elsewhere.
     */
    Optional<String> pm2Command(String file) {
        String text = tree.text(file).orElse("");
        Matcher script = SCRIPT.matcher(text);
        if (!script.find()) {
            return Optional.empty();
        }
        int next = text.indexOf("script", script.end());
        Matcher arguments = ARGUMENTS.matcher(next < 0 ? text : text.substring(0, next));
        String rest = arguments.find() ? arguments(arguments.group(1), arguments.group(2)) : "";
        return command(script.group(1).strip(), rest);
    }

    private Optional<String> command(String script, String arguments) {
        boolean program = script.matches("[a-z][a-z0-9-]*") && !tree.hasFile(script);
        if (script.startsWith("/") || script.startsWith("..") || script.contains("${")) {
            return Optional.empty();
        }
        boolean shell = script.endsWith(".sh") || script.endsWith(".py");
        String start = program || shell ? script : "node " + script.replaceFirst("^\\./", "");
        return Optional.of((start + " " + arguments).strip());
    }

    private static String arguments(@Nullable String text, @Nullable String list) {
        if (text != null) {
            return text.strip();
        }
        return list == null ? "" : list.replaceAll("[\"'`,\\s]+", " ").strip();
    }
}
