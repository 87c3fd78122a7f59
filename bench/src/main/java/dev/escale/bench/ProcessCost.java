package dev.escale.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What Linux says of a process.
 *
 * @param cpuTicks of user and kernel time, 100 a second
 */
record ProcessCost(double residentMegabytes, long cpuTicks) {

    static ProcessCost of(long pid) {
        return new ProcessCost(resident(pid), ticks(pid));
    }

    /** Percent of one core between two looks. */
    static double percentOfACore(ProcessCost before, ProcessCost after, double seconds) {
        return after.cpuTicks - before.cpuTicks <= 0
                ? 0
                : (after.cpuTicks - before.cpuTicks) / seconds;
    }

    private static double resident(long pid) {
        return lines(pid, "status").stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("process " + pid + " has ended"));
    }

    private static long ticks(long pid) {
        String stat = lines(pid, "stat").getFirst();
        // After the name in parentheses; utime and stime are fields 14 and 15 of proc(5).
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    private static List<String> lines(long pid, String file) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
