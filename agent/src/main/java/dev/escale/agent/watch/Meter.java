package dev.escale.agent.watch;

import dev.escale.protocol.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Measures the server. What is a rate is that since the last sample; the first sample has zeros
 * there. Not thread-safe.
 */
public final class Meter {
    private final Path proc;
    private final Path home;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final ProcFile file = new ProcFile();
    private final ProcessUse use;
    private final Map<String, Long> ticksBefore = new HashMap<>();
    private long busyBefore = -1;
    private long allBefore;
    private long receivedBefore;
    private long sentBefore;
    private long nanosBefore;

    public Meter(Path home, InstantSource clock) {
        this(Path.of("/proc"), home, clock, System::nanoTime);
    }

    Meter(Path proc, Path home, InstantSource clock, LongSupplier nanoTime) {
        this.proc = proc;
        this.home = home;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.use = new ProcessUse(proc, file);
    }

    public Metrics sample(List<AppProcess> apps) throws IOException {
        long now = nanoTime.getAsLong();
        boolean first = busyBefore < 0;
        double seconds = first ? 0 : (now - nanosBefore) / 1e9;
        nanosBefore = now;
        double cpu = cpu();
        double load = file.read(proc.resolve("loadavg")) ? file.decimal() : 0;
        long total = 0;
        long available = 0;
        if (file.read(proc.resolve("meminfo")) && file.seek("MemTotal:")) {
            total = file.number() * 1024;
            available = file.seek("MemAvailable:") ? file.number() * 1024 : 0;
        }
        // Not FileStore: it looks for a mount point, and there is none in a chroot.
        long diskTotal = home.toFile().getTotalSpace();
        long diskUsed = diskTotal - home.toFile().getFreeSpace();
        long received = receivedBefore;
        long sent = sentBefore;
        network();
        return new Metrics(
                clock.instant(),
                cpu,
                load,
                total - available,
                total,
                diskUsed,
                diskTotal,
                rate(receivedBefore - received, seconds),
                rate(sentBefore - sent, seconds),
                apps(apps, seconds));
    }

    /** /proc/stat: user nice system idle iowait irq softirq steal …, see proc(5). */
    private double cpu() {
        if (!file.read(proc.resolve("stat")) || !file.seek("cpu ")) {
            return 0;
        }
        long all = 0;
        long idle = 0;
        for (int column = 0; column < 8; column++) {
            long ticks = Math.max(0, file.number());
            all += ticks;
            idle += column == 3 || column == 4 ? ticks : 0;
        }
        long busy = all - idle;
        double share =
                busyBefore < 0 || all <= allBefore
                        ? 0
                        : (double) (busy - busyBefore) / (all - allBefore);
        busyBefore = busy;
        allBefore = all;
        return Math.clamp(share, 0, 1);
    }

    private void network() {
        receivedBefore = 0;
        sentBefore = 0;
        if (!file.read(proc.resolve("net/dev")) || !file.nextLine()) {
            return;
        }
        while (file.nextLine()) {
            if (!file.startsWith("lo:") && file.seek(":")) {
                receivedBefore += Math.max(0, file.number());
                file.skipWords(7);
                sentBefore += Math.max(0, file.number());
            }
        }
    }

    private List<Metrics.AppMetrics> apps(List<AppProcess> processes, double seconds) {
        var byApp = new HashMap<String, Metrics.AppMetrics>();
        var ticks = new HashMap<String, Long>();
        for (AppProcess process : processes) {
            if (process.pid() <= 0) {
                continue;
            }
            use.measure(process.pid());
            String key = process.app() + " " + process.pid();
            ticks.put(key, use.ticks());
            long spent = use.ticks() - ticksBefore.getOrDefault(key, use.ticks());
            double cpu =
                    seconds <= 0 ? 0 : Math.max(0, spent) / ProcessUse.TICKS_PER_SECOND / seconds;
            byApp.merge(
                    process.app(),
                    new Metrics.AppMetrics(process.app(), cpu, use.memory(), process.restarts()),
                    Meter::sum);
        }
        ticksBefore.clear();
        ticksBefore.putAll(ticks);
        return new ArrayList<>(byApp.values());
    }

    /** An app has two processes while a release follows another. */
    private static Metrics.AppMetrics sum(Metrics.AppMetrics a, Metrics.AppMetrics b) {
        return new Metrics.AppMetrics(
                a.app(),
                a.cpu() + b.cpu(),
                a.memory() + b.memory(),
                Math.max(a.restarts(), b.restarts()));
    }

    private static long rate(long bytes, double seconds) {
        return seconds <= 0 ? 0 : Math.max(0, Math.round(bytes / seconds));
    }
}
