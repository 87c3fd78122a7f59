package dev.escale.agent.build.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Argument lists of git. Addresses and branch names come checked, secrets never come here. */
final class GitCommands {
    /** Below it there is a ref per release, named by its number. */
    static final String KEPT = "refs/escale/releases/";

    private final Path mirror;

    GitCommands(Path mirror) {
        this.mirror = mirror;
    }

    /** Without a template there are no hooks. */
    List<String> init() {
        return List.of("git", "init", "--quiet", "--bare", "--template=", mirror.toString());
    }

    /**
     * @param what branch as a full ref, or commit
     * @param kept ref under which the mirror keeps it
     * @param most bytes of the pack: the kernel ends who writes a longer file
     */
    List<String> fetchNewest(String url, String what, String kept, long most) {
        return fetch(url, what, kept, "--depth=1", most);
    }

    List<String> fetchHistory(String url, String what, String kept, long most) {
        return fetch(url, what, kept, "--depth=2147483647", most);
    }

    List<String> kept() {
        return git("for-each-ref", "--format=%(refname)", KEPT);
    }

    List<String> forget(String kept) {
        return git("update-ref", "-d", kept);
    }

    /**
     * Once there are many packs: makes one of what is kept, and drops the rest. Looks for no new
     * deltas, which could hold up a deployment for minutes.
     */
    List<String> tidy() {
        return git(
                "-c",
                "gc.auto=6700",
                "-c",
                "gc.autoPackLimit=20",
                "-c",
                "pack.window=0",
                "gc",
                "--auto",
                "--quiet",
                "--prune=now");
    }

    List<String> has(String commit) {
        return git("cat-file", "-e", commit + "^{tree}");
    }

    List<String> keep(String commit, String kept) {
        return git("update-ref", kept, commit);
    }

    List<String> describe(String revision) {
        return git("log", "-1", "--format=%H%n%an%n%s", revision, "--");
    }

    List<String> list(String commit) {
        return git("ls-tree", "-r", "-l", "--full-tree", commit);
    }

    /** Writes the files with an index of its own, which the environment names. */
    List<String> checkout(String commit, Path folder) {
        return List.of(
                "git",
                "--git-dir=" + mirror,
                "--work-tree=" + folder,
                "read-tree",
                "-m",
                "-u",
                commit);
    }

    private List<String> fetch(String url, String what, String kept, String depth, long most) {
        var all = new ArrayList<>(List.of("prlimit", "--fsize=" + most));
        all.addAll(fetch(url, what, kept, depth));
        return all;
    }

    private List<String> fetch(String url, String what, String kept, String depth) {
        return git(
                "fetch",
                "--quiet",
                "--no-tags",
                "--no-recurse-submodules",
                "--no-write-fetch-head",
                depth,
                url,
                "+" + what + ":" + kept);
    }

    private List<String> git(String... arguments) {
        var all = new ArrayList<>(List.of("git", "--git-dir=" + mirror));
        all.addAll(List.of(arguments));
        return all;
    }
}
