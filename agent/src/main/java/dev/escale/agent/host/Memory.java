package dev.escale.agent.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How much memory there is here. */
public final class Memory {
    private Memory() {}

    /** Bytes; 0 when the kernel does not tell. */
    public static long total() {
        try {
            return total(Files.readAllLines(Path.of("/proc/meminfo")));
        } catch (IOException untold) {
            return 0;
        }
    }

    /** What may be had of the bytes that are wanted: a quarter stays for those who serve. */
    public static long share(long wanted) {
        return share(wanted, total());
    }

    static long share(long wanted, long total) {
        return total == 0 ? wanted : Math.min(wanted, total - total / 4);
    }

    static long total(List<String> meminfo) {
        return meminfo.stream()
                .filter(line -> line.startsWith("MemTotal:"))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(0L);
    }
}
