package dev.escale.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.escale.protocol.Metrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeterTest {
    @TempDir Path proc;
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void reckonsRatesSinceTheLastSample() throws Exception {
        var meter = new Meter(proc, proc, InstantSource.system(), nanos::get);
        write("loadavg", "0.42 0.30 0.20 1/200 4242\n");
        write(
                "meminfo",
                "MemTotal:        4000000 kB\nMemFree:  1 kB\nMemAvailable:    1000000 kB\n");
        write("stat", "cpu  100 0 100 800 0 0 0 0 0 0\ncpu0 1 2 3\n");
        write("net/dev", net(1000, 500));
        write("7/stat", process(50, 10, 1000));
        write("7/task/7/children", "8 ");
        write("8/stat", process(0, 0, 24));
        meter.sample(List.of(new AppProcess("app_1", 7, 2)));

        nanos.addAndGet(2_000_000_000L);
        write("stat", "cpu  150 0 150 900 0 0 0 0 0 0\n");
        write("net/dev", net(5000, 2500));
        write("7/stat", process(150, 10, 1000));
        Metrics metrics = meter.sample(List.of(new AppProcess("app_1", 7, 2)));

        assertThat(metrics.cpu()).isCloseTo(0.5, within(0.001));
        assertThat(metrics.load()).isCloseTo(0.42, within(0.001));
        assertThat(metrics.memoryTotal()).isEqualTo(4_000_000L * 1024);
        assertThat(metrics.memoryUsed()).isEqualTo(3_000_000L * 1024);
        assertThat(metrics.received()).isEqualTo(2000);
        assertThat(metrics.sent()).isEqualTo(1000);
        assertThat(metrics.diskTotal()).isPositive();
        Metrics.AppMetrics app = metrics.apps().getFirst();
        assertThat(app.cpu()).isCloseTo(0.5, within(0.001));
        assertThat(app.memory()).isEqualTo(1024 * 4096L);
        assertThat(app.restarts()).isEqualTo(2);
    }

    @Test
    void measuresThisMachine() throws Exception {
        var meter = new Meter(proc, InstantSource.system());
        long self = ProcessHandle.current().pid();

        Metrics metrics = meter.sample(List.of(new AppProcess("app_1", self, 0)));

        assertThat(metrics.memoryTotal()).isGreaterThan(100L << 20);
        assertThat(metrics.memoryUsed()).isBetween(1L << 20, metrics.memoryTotal());
        assertThat(metrics.apps().getFirst().memory()).isGreaterThan(10L << 20);
    }

    private static String net(long received, long sent) {
        return """
        Inter-|   Receive                                                |  Transmit
         face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets
            lo: 999999 1 0 0 0 0 0 0 999999 1 0 0 0 0 0 0
          eth0: %d 10 0 0 0 0 0 0 %d 10 0 0 0 0 0 0
        """
                .formatted(received, sent);
    }

    private static String process(long user, long system, long pages) {
        return "7 (a ) b) S 1 7 7 0 -1 0 1 0 0 0 %d %d 0 0 20 0 11 0 100 500000 %d 99\n"
                .formatted(user, system, pages);
    }

    private void write(String name, String text) throws Exception {
        Path file = proc.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
