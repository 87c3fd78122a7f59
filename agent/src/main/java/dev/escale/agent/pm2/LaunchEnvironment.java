package dev.escale.agent.pm2;

import dev.escale.agent.host.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The environment of an app in a file of its own, instead of in PM2's hands. PM2 prints the
 * environment of each app in its list, its events and its dump, and takes variables named like its
 * own settings ({@code uid}, {@code name}) for these. The launcher reads the file as the app's user
 * and then becomes the app.
 */
public final class LaunchEnvironment {
    private LaunchEnvironment() {}

    /**
     * Readable for its owner alone: the caller gives it to the app's user.
     *
     * @throws IllegalArgumentException for a name or value that no environment can hold
     */
    public static void write(Path file, Map<String, String> variables) throws IOException {
        String content =
                new TreeMap<>(variables)
                        .entrySet().stream()
                                .map(entry -> line(entry.getKey(), entry.getValue()))
                                .collect(Collectors.joining());
        AtomicFile.write(file, content, "r--------");
    }

    private static String line(String name, String value) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new IllegalArgumentException("not a name of a variable: " + name);
        }
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the value of " + name + " holds a NUL");
        }
        return "export " + name + "='" + value.replace("'", "'\\''") + "'\n";
    }
}
