package dev.escale.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What Linux says of a process.
 *
 * @param memoryMegabytes resident, and what of it was swapped out
 * @param cpuTicks of user and kernel time, its ended children's included, 100 a second
 */
record ProcessCost(double memoryMegabytes, long cpuTicks) {

    static ProcessCost of(long pid) {
        return new ProcessCost(megabytes(pid, "VmRSS:") + megabytes(pid, "VmSwap:"), ticks(pid));
    }

    /** Percent of one core between two looks. */
    static double percentOfACore(ProcessCost before, ProcessCost after, double seconds) {
        return after.cpuTicks - before.cpuTicks <= 0
                ? 0
                : (after.cpuTicks - before.cpuTicks) / seconds;
    }

    private static double megabytes(long pid, String what) {
        return lines(pid, "status").stream()
                .filter(line -> line.startsWith(what))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("process " + pid + " has ended"));
    }

    private static long ticks(long pid) {
        String stat = lines(pid, "stat").getFirst();
        // After the name in parentheses; utime, stime, cutime, cstime are fields 14 to 17 of
        // proc(5).
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return LongStream.range(11, 15).map(i -> Long.parseLong(fields[(int) i])).sum();
    }

    private static List<String> lines(long pid, String file) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
