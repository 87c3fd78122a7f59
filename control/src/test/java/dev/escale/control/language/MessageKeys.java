package dev.escale.control.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which sentences the sources ask for, found by reading them. */
final class MessageKeys {
    private static final Pattern LITERAL = Pattern.compile("\"([A-Za-z][A-Za-z0-9_.]*)\"");
    private static final Pattern NOTE =
            Pattern.compile(
                    "(?:PlanItem\\s*\\.of\\(\\s*\"[^\"]*\"|Note\\s*\\.of\\()[\\s,]*\"([^\"]+)\"");
    private static final Pattern NOTE_CONSTANT =
            Pattern.compile("public static final String [A-Z0-9_]+ =\\s*\"([^\"]+)\"");
    private static final Pattern PROBLEM =
            Pattern.compile("Problem(?:Exception)?\\s*\\.of\\(\\s*[\\w.]+,\\s*\"([^\"]+)\"");
    private static final Pattern FAULT =
            Pattern.compile("Fault\\s*\\.of\\(\\s*[^,;]+,\\s*\"([^\"]+)\"");
    private static final Pattern OPERATION =
            Pattern.compile(
                    "implements\\s+Operation<[\\s\\S]*?public String name\\(\\) \\{\\s*return"
                            + " \"([a-zA-Z]+\\.[a-zA-Z.]+)\";");
    private static final Pattern ENUM = Pattern.compile("\\b([A-Z][A-Z_]+)\\b");

    private final Set<String> literals = new TreeSet<>();
    private final Set<String> words = new TreeSet<>();
    private final Set<String> wanted = new TreeSet<>();

    private MessageKeys() {}

    /** Of the control plane, its templates, and the notes that agents send. */
    static MessageKeys read() {
        MessageKeys keys = new MessageKeys();
        Path control = Path.of("src/main");
        keys.addAll(control.resolve("java"), ".java");
        keys.addAll(control.resolve("resources/templates"), ".jte");
        keys.addAll(Path.of("../protocol/src/main/java"), ".java");
        return keys;
    }

    /** Sentences that must be there. */
    Set<String> wanted() {
        return wanted;
    }

    /** Whether anything asks for it, by its whole name or by the beginning of it. */
    boolean isUsed(String key) {
        if (literals.contains(key) || byBeginning(key)) {
            return true;
        }
        String code = key.endsWith(".hint") ? key.substring(0, key.length() - 5) : key;
        for (String kind : List.of("note.", "problem.", "operation.")) {
            if (code.startsWith(kind)) {
                String rest = code.substring(kind.length());
                return literals.contains(rest) || byBeginning(rest);
            }
        }
        return (key.startsWith("step.") || key.startsWith("status."))
                && (words.contains(key.substring(5)) || literals.contains(key.substring(7)));
    }

    private boolean byBeginning(String key) {
        for (int dot = key.lastIndexOf('.'); dot > 0; dot = key.lastIndexOf('.', dot - 1)) {
            String beginning = key.substring(0, dot);
            if (literals.contains(beginning + ".")
                    || (key.startsWith("page.") && literals.contains(beginning))) {
                return true;
            }
        }
        return false;
    }

    private void addAll(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(each -> each.toString().endsWith(ending)).toList()) {
                add(Files.readString(file), file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void add(String source, Path file) {
        LITERAL.matcher(source).results().forEach(match -> literals.add(match.group(1)));
        ENUM.matcher(source).results().forEach(match -> words.add(match.group(1)));
        literals.stream()
                .filter(literal -> literal.startsWith("page.") && !literal.endsWith("."))
                .filter(
                        literal ->
                                source.contains("say(\"" + literal + "\"")
                                        || source.contains("rich(\"" + literal + "\""))
                .filter(literal -> !source.contains("\"" + literal + ".\" +"))
                .forEach(wanted::add);
        want(NOTE, "note.", source);
        want(PROBLEM, "problem.", source);
        want(FAULT, "problem.", source);
        want(OPERATION, "operation.", source);
        if (file.getFileName().toString().endsWith("Notes.java")) {
            want(NOTE_CONSTANT, "note.", source);
        }
    }

    private void want(Pattern pattern, String kind, String source) {
        Matcher matcher = pattern.matcher(source);
        while (matcher.find()) {
            wanted.add(kind + matcher.group(1));
        }
    }
}
