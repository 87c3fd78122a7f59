package dev.escale.agent.nginx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * The processes of a running Nginx. A reload has happened when none of the workers from before
 * takes connections any more: {@code nginx -s reload} itself only sends a signal, and exits 0 also
 * when the master then refuses.
 */
record Workers(Path pidFile) {
    boolean running() {
        return master() > 0;
    }

    /** Workers that take connections. */
    Set<Long> accepting() {
        Set<Long> workers = new HashSet<>();
        long master = master();
        if (master > 0) {
            ProcessHandle.of(master)
                    .ifPresent(
                            process ->
                                    process.children()
                                            .filter(child -> accepts(child.pid()))
                                            .forEach(child -> workers.add(child.pid())));
        }
        return workers;
    }

    /** By signal: {@code nginx -s stop} refuses when the configuration is broken. */
    void end() {
        ProcessHandle.of(master()).ifPresent(ProcessHandle::destroy);
    }

    private long master() {
        try {
            long pid = Long.parseLong(Files.readString(pidFile).strip());
            return title(pid).startsWith("nginx: master") ? pid : -1;
        } catch (IOException | NumberFormatException none) {
            return -1;
        }
    }

    private static boolean accepts(long pid) {
        String title = title(pid);
        return title.startsWith("nginx: worker process") && !title.contains("shutting down");
    }

    private static String title(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' ');
        } catch (IOException gone) {
            return "";
        }
    }
}
