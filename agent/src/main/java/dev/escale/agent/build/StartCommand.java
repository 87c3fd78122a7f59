package dev.escale.agent.build;

import dev.escale.agent.build.detect.ShellWords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Turns a command that a person typed into program and arguments. Where it can be, no shell and no
 * npm stands between PM2 and the app, so that a signal reaches the app itself and no memory is
 * wasted; a command that takes a shell to understand gets one, as the app's own user.
 *
 * @param app folder in which it runs
 * @param install folder whose packages it may call
 * @param node absolute path
 */
record StartCommand(Path app, Path install, String node) {
    private static final int FIRST_LINE = 256;
    private static final String ASSIGNMENT = "[A-Za-z_][A-Za-z0-9_]*=.*";

    List<String> arguments(String text) throws IOException {
        Optional<List<String>> words = ShellWords.split(text);
        return words.isPresent() ? direct(words.get()) : shell(text);
    }

    private List<String> direct(List<String> words) throws IOException {
        var variables = new ArrayList<String>();
        int at = 0;
        while (at < words.size() && isPrefix(words, at)) {
            if (words.get(at).matches(ASSIGNMENT)) {
                variables.add(words.get(at));
            }
            at++;
        }
        var arguments = new ArrayList<String>();
        if (!variables.isEmpty()) {
            arguments.add("env");
            arguments.addAll(variables);
        }
        if (at < words.size()) {
            arguments.addAll(program(words.get(at)));
            arguments.addAll(words.subList(at + 1, words.size()));
        }
        return arguments;
    }

    /** What npm's world puts before a program, and env or nobody can do as well. */
    private boolean isPrefix(List<String> words, int at) {
        String word = words.get(at);
        boolean more = at + 1 < words.size();
        return word.matches(ASSIGNMENT)
                || more && word.matches("cross-env|env|exec")
                || more && word.equals("npx") && binary(words.get(at + 1)).isPresent();
    }

    private List<String> program(String name) throws IOException {
        if (name.equals("node")) {
            return List.of(node);
        }
        String bare = name.replaceFirst("^(\\./)?node_modules/\\.bin/", "");
        Optional<Path> binary = binary(bare);
        if (binary.isEmpty()) {
            return List.of(name);
        }
        Path real = binary.get().toRealPath();
        if (isNodeProgram(real)) {
            Path top = app.toRealPath();
            return List.of(node, (real.startsWith(top) ? top.relativize(real) : real).toString());
        }
        return List.of(binary.get().toString());
    }

    private Optional<Path> binary(String name) {
        if (name.contains("/")) {
            return Optional.empty();
        }
        return programs()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private Stream<Path> programs() {
        return Stream.of(app, install).map(f -> f.resolve("node_modules/.bin")).distinct();
    }

    /** A build may have left anything under that name. */
    private static boolean isNodeProgram(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (var content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            String begin = new String(content.readNBytes(FIRST_LINE), StandardCharsets.ISO_8859_1);
            return begin.lines().findFirst().orElse("").matches("#!.*\\bnode");
        }
    }

    private List<String> shell(String text) {
        boolean single =
                !text.matches("(?s).*[;&|\\n].*") && !text.strip().matches("(?s)" + ASSIGNMENT);
        var folders = new ArrayList<>(programs().toList());
        Path ofNode = Path.of(node).getParent();
        if (ofNode != null) {
            folders.add(ofNode);
        }
        return List.of(
                "env",
                "PATH=" + BuildEnvironment.path(folders),
                "sh",
                "-c",
                (single ? "exec " : "") + text.strip());
    }
}
