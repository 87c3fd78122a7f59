package dev.escale.agent.build.detect;

import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Chooses the package manager by {@code packageManager} and the lock files. */
final class PackageManagers {
    private static final Pattern FIELD =
            Pattern.compile("(npm|pnpm|yarn)@(\\d+(?:\\.\\d+)*(?:-[\\w.]+)?).*");
    private static final Pattern PNPM_LOCK = Pattern.compile("lockfileVersion:\\s*'?\"?([\\d.]+)");
    private static final Pattern YARN_PATH =
            Pattern.compile("(?m)^yarnPath:\\s*\"?(\\.yarn/releases/[\\w.@-]+\\.c?js)\"?\\s*$");
    private static final List<String> FOREIGN = List.of("bun.lock", "bun.lockb", "deno.lock");

    private final FileTree tree;
    private final PackageJson json;
    private final Findings findings;

    PackageManagers(FileTree tree, PackageJson json, Findings findings) {
        this.tree = tree;
        this.json = json;
        this.findings = findings;
    }

    /** Empty when there is nothing to install. */
    Optional<PackageManager> choose() {
        Matcher field = FIELD.matcher(json.text("packageManager").orElse(""));
        boolean named = field.matches();
        List<String> locks = lockFiles();
        if (json.dependencies().isEmpty() && !json.hasLifecycleScript() && !json.hasWorkspaces()) {
            return Optional.empty();
        }
        String lock = named ? lockOf(field.group(1), locks) : first(locks);
        PackageManager chosen = manager(named ? field.group(1) : ofLock(lock), lock, field);
        tell(chosen, lock, locks, named);
        return Optional.of(chosen);
    }

    private PackageManager manager(String name, @Nullable String lock, Matcher field) {
        String version = field.matches() && field.group(1).equals(name) ? field.group(2) : null;
        return switch (name) {
            case "pnpm" -> PackageManager.pnpm(version == null ? pnpmVersion() : version, lock);
            case "yarn" -> yarn(version, lock);
            default -> PackageManager.npm(lock);
        };
    }

    private PackageManager yarn(@Nullable String version, @Nullable String lock) {
        Matcher committed = YARN_PATH.matcher(tree.text(".yarnrc.yml").orElse(""));
        if (committed.find() && tree.hasFile(committed.group(1))) {
            return PackageManager.committedYarn(committed.group(1), lock);
        }
        boolean berry =
                version == null
                        ? tree.beginning("yarn.lock").contains("\n__metadata:")
                        : !version.startsWith("1.") && !version.equals("1");
        return berry
                ? PackageManager.yarn(version == null ? "4" : version, lock)
                : PackageManager.yarnClassic(version == null ? "1.22.22" : version, lock);
    }

    /** Each format of the lock file is written by one major version, and read by the next. */
    private String pnpmVersion() {
        Matcher lock = PNPM_LOCK.matcher(tree.beginning("pnpm-lock.yaml"));
        String format = lock.find() ? lock.group(1) : "9.0";
        return switch (format.split("\\.")[0]) {
            case "5" -> "7";
            case "6" -> "8";
            default -> "9";
        };
    }

    private List<String> lockFiles() {
        var locks = new ArrayList<String>();
        for (String lock :
                List.of(
                        "package-lock.json",
                        "npm-shrinkwrap.json",
                        "pnpm-lock.yaml",
                        "yarn.lock")) {
            if (tree.hasFile(lock)) {
                locks.add(lock);
            }
        }
        return locks;
    }

    private void tell(
            PackageManager chosen, @Nullable String lock, List<String> locks, boolean named) {
        findings.add("packages", chosen.name(), named ? PackageJson.FILE : from(lock));
        if (lock == null) {
            findings.warn(Note.of(Notes.DETECT_NO_LOCK_FILE), PackageJson.FILE);
        }
        for (String other : locks) {
            if (lock != null && !other.equals(lock)) {
                findings.warn(
                        Note.of(Notes.DETECT_TWO_LOCK_FILES, "used", lock, "ignored", other),
                        other);
            }
        }
        FOREIGN.stream()
                .filter(tree::hasFile)
                .findFirst()
                .ifPresent(
                        file ->
                                findings.warn(
                                        Note.of(Notes.DETECT_LOCK_OF_OTHER, "file", file), file));
    }

    private static String from(@Nullable String lock) {
        return lock == null ? "default" : lock;
    }

    private static @Nullable String first(List<String> locks) {
        return locks.isEmpty() ? null : locks.getFirst();
    }

    private static @Nullable String lockOf(String manager, List<String> locks) {
        return locks.stream().filter(lock -> ofLock(lock).equals(manager)).findFirst().orElse(null);
    }

    private static String ofLock(@Nullable String lock) {
        if (lock == null) {
            return "npm";
        }
        return switch (lock) {
            case "pnpm-lock.yaml" -> "pnpm";
            case "yarn.lock" -> "yarn";
            default -> "npm";
        };
    }
}
