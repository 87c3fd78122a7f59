package dev.escale.agent.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes control groups, version 2 or 1, where the kernel and our rights allow. */
public final class ControlGroups {
    /** Which of the kernel's two interfaces there is. */
    public enum Version {
        ONE,
        TWO,
        NONE
    }

    private final Path root;
    private final Version version;

    public ControlGroups() {
        this(Path.of("/sys/fs/cgroup"));
    }

    ControlGroups(Path root) {
        this.root = root;
        this.version = detect(root);
    }

    /** NONE means: builds run without a memory limit. */
    public Version version() {
        return version;
    }

    /**
     * @param name of a folder; other characters than {@code [a-z0-9_-]} are replaced
     * @return empty when limits cannot be had here
     */
    public Optional<ControlGroup> create(String name, long memoryBytes, int processes) {
        try {
            return switch (version) {
                case NONE -> Optional.empty();
                case TWO -> Optional.of(unified(folderName(name), memoryBytes, processes));
                case ONE -> Optional.of(perController(folderName(name), memoryBytes, processes));
            };
        } catch (IOException refused) {
            return Optional.empty();
        }
    }

    /** Ends what an agent that was killed left in the group of this name, and removes it. */
    public void remove(String name) {
        String folder = folderName(name);
        List<Path> places =
                switch (version) {
                    case NONE -> List.of();
                    case TWO -> List.of(root.resolve("escale").resolve(folder));
                    case ONE ->
                            List.of(
                                    root.resolve("memory/escale").resolve(folder),
                                    root.resolve("pids/escale").resolve(folder));
                };
        places.forEach(place -> new ControlGroup(List.of(place), version, 0).close());
    }

    private static String folderName(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "-");
    }

    private ControlGroup unified(String name, long memoryBytes, int processes) throws IOException {
        Path ours = root.resolve("escale");
        Files.createDirectories(ours);
        enable(root);
        enable(ours);
        Path group = Files.createDirectories(ours.resolve(name));
        try {
            Files.writeString(group.resolve("memory.max"), Long.toString(memoryBytes));
        } catch (IOException refused) {
            Files.deleteIfExists(group); // such as in a container that may not hand memory on
            throw refused;
        }
        write(group.resolve("memory.swap.max"), "0");
        write(group.resolve("memory.oom.group"), "1");
        write(group.resolve("pids.max"), Integer.toString(processes));
        return new ControlGroup(List.of(group), version, memoryBytes);
    }

    private ControlGroup perController(String name, long memoryBytes, int processes)
            throws IOException {
        var folders = new ArrayList<Path>();
        Path memory = Files.createDirectories(root.resolve("memory/escale").resolve(name));
        Files.writeString(memory.resolve("memory.limit_in_bytes"), Long.toString(memoryBytes));
        write(memory.resolve("memory.memsw.limit_in_bytes"), Long.toString(memoryBytes));
        folders.add(memory);
        if (Files.isDirectory(root.resolve("pids"))) {
            Path pids = Files.createDirectories(root.resolve("pids/escale").resolve(name));
            Files.writeString(pids.resolve("pids.max"), Integer.toString(processes));
            folders.add(pids);
        }
        return new ControlGroup(folders, version, memoryBytes);
    }

    private static void enable(Path group) {
        write(group.resolve("cgroup.subtree_control"), "+memory");
        write(group.resolve("cgroup.subtree_control"), "+pids");
    }

    /** For files that some kernels lack: the memory limit itself is not among them. */
    private static void write(Path file, String value) {
        try {
            Files.writeString(file, value);
        } catch (IOException absent) {
            System.getLogger(ControlGroups.class.getName())
                    .log(System.Logger.Level.DEBUG, "no {0}: {1}", file, absent.getMessage());
        }
    }

    private static Version detect(Path root) {
        if (Files.isWritable(root.resolve("memory/cgroup.procs"))) {
            return Version.ONE;
        }
        try {
            boolean memory =
                    Files.readString(root.resolve("cgroup.controllers")).contains("memory");
            return memory && Files.isWritable(root.resolve("cgroup.procs"))
                    ? Version.TWO
                    : Version.NONE;
        } catch (IOException absent) {
            return Version.NONE;
        }
    }
}
