package dev.escale.agent.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A control group of ours that holds processes under a memory and a process limit. Version 1 has a
 * folder per controller, version 2 one.
 */
public final class ControlGroup implements AutoCloseable {
    private final List<Path> folders;
    private final ControlGroups.Version version;
    private final long memoryBytes;

    ControlGroup(List<Path> folders, ControlGroups.Version version, long memoryBytes) {
        this.folders = List.copyOf(folders);
        this.version = version;
        this.memoryBytes = memoryBytes;
    }

    public long memoryBytes() {
        return memoryBytes;
    }

    /** Into each of them a process has to go. */
    List<Path> folders() {
        return folders;
    }

    /** Whether the kernel ended a process in here for want of memory. */
    boolean ranOutOfMemory() {
        String file = version == ControlGroups.Version.TWO ? "memory.events" : "memory.oom_control";
        try (var lines = Files.lines(folders.getFirst().resolve(file))) {
            return lines.anyMatch(line -> line.matches("oom_kill [1-9][0-9]*"));
        } catch (IOException gone) {
            return false;
        }
    }

    List<Long> processes() {
        try (var lines = Files.lines(folders.getFirst().resolve("cgroup.procs"))) {
            return lines.map(Long::valueOf).toList();
        } catch (IOException gone) {
            return List.of();
        }
    }

    /** Kills what is left inside and removes the group. */
    @Override
    public void close() {
        ProcessTree.kill(this::processes);
        for (Path folder : folders) {
            try {
                Files.delete(folder);
            } catch (NoSuchFileException gone) {
                continue;
            } catch (IOException failure) {
                throw new UncheckedIOException("cannot remove " + folder, failure);
            }
        }
    }
}
