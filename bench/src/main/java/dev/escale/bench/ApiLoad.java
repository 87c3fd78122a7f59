package dev.escale.bench;

import dev.escale.testkit.Workplace;
import dev.escale.testkit.control.ControlProcess;
import dev.escale.testkit.control.ControlSettings;
import dev.escale.testkit.control.Guest;
import dev.escale.testkit.control.Json;
import dev.escale.testkit.control.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * The API under a steady load: nineteen look-ups of several kinds to one change, by several
 * persons, over kept connections of a client on the same machine. A request has its time, and its
 * duration counts from there, so that a server which falls behind shows it.
 */
final class ApiLoad implements Benchmark {
    private static final Duration WARM_UP = Duration.ofSeconds(60);
    private static final Duration MEASURED = Duration.ofSeconds(20);
    private static final int CLIENTS = 32;
    private static final int PERSONS = 27;
    private static final int PER_CHANGE = 20;
    private static final List<String> LOOKS =
            List.of("apps", "me", "apps/shop", "servers", "apps/shop/deployments", "teams/home");

    @Override
    public String name() {
        return "api-load";
    }

    @Override
    public List<Figure> measure(Options options) {
        try (Workplace workplace = Workplace.fresh();
                Postgres postgres = Postgres.start()) {
            var figures = new ArrayList<Figure>();
            figures.addAll(
                    figures(
                            "SQLite",
                            ControlSettings.local(workplace.folder().resolve("control")),
                            200));
            figures.addAll(
                    figures(
                            "PostgreSQL",
                            ControlSettings.local(workplace.folder().resolve("other"))
                                    .with(postgres),
                            1_000));
            return figures;
        }
    }

    private static List<Figure> figures(String database, ControlSettings settings, int rate) {
        try (ControlProcess control = ControlProcess.start(settings)) {
            control.api().post("servers", Map.of("name", "web-1"));
            control.api()
                    .post(
                            "apps",
                            Map.of(
                                    "name",
                                    "Shop",
                                    "server",
                                    "web-1",
                                    "source",
                                    Map.of("type", "escale")));
            List<String> tokens = new ArrayList<>();
            for (int number = 0; number < PERSONS; number++) {
                var guest = new Guest(control);
                guest.arrive();
                guest.signIn("Guest " + number);
                tokens.add(guest.token());
            }
            Run measured = run(control, tokens, rate);
            ProcessCost before = measured.before();
            ProcessCost after = ProcessCost.of(control.pid());
            String what = "API, " + rate + " requests/s, " + database;
            Map<String, ?> details =
                    Map.of(
                            "requests", measured.millis().size(),
                            "failed", measured.failed(),
                            "perSecond", measured.perSecond(),
                            "load", Machine.load());
            var times = new Times(measured.millis());
            return List.of(
                    Figure.of(what + " (median)", times.median(), "ms", details),
                    Figure.of(what + " (p99)", times.percentile(99), "ms", details).below(50),
                    Figure.of(what + ": not answered in time", measured.failed(), "", details)
                            .below(1),
                    Figure.of(
                            what + ": CPU of the control plane, a request",
                            10.0
                                    * (after.cpuTicks() - before.cpuTicks())
                                    / measured.millis().size(),
                            "ms",
                            details),
                    Figure.of(
                            what + ": memory of the control plane",
                            after.memoryMegabytes(),
                            "MB",
                            details));
        }
    }

    /**
     * @param before of the control plane, when the warm-up was over
     */
    private record Run(List<Double> millis, int failed, double perSecond, ProcessCost before) {}

    /** Over the same connections: warm-up, which is not counted, and what is measured. */
    private static Run run(ControlProcess control, List<String> tokens, int rate) {
        List<Double> millis = Collections.synchronizedList(new ArrayList<>());
        var next = new AtomicInteger();
        var failed = new AtomicInteger();
        long begin = System.nanoTime();
        long first = rate * WARM_UP.toSeconds();
        long count = first + rate * MEASURED.toSeconds();
        var before = new AtomicReference<ProcessCost>();
        Runnable client =
                () -> {
                    try (var connection = new KeptConnection(control)) {
                        for (int i = next.getAndIncrement();
                                i < count;
                                i = next.getAndIncrement()) {
                            long due = begin + i * 1_000_000_000L / rate;
                            LockSupport.parkNanos(due - System.nanoTime());
                            if (i == first) {
                                before.set(ProcessCost.of(control.pid()));
                            }
                            boolean good = answered(connection, tokens.get(i % tokens.size()), i);
                            if (i >= first) {
                                failed.addAndGet(good ? 0 : 1);
                                millis.add((System.nanoTime() - due) / 1e6);
                            }
                        }
                    } catch (IOException broken) {
                        throw new UncheckedIOException(broken);
                    }
                };
        List<Thread> clients =
                IntStream.range(0, CLIENTS)
                        .mapToObj(_ -> Thread.ofPlatform().start(client))
                        .toList();
        clients.forEach(ApiLoad::join);
        double seconds = (System.nanoTime() - begin) / 1e9 - WARM_UP.toSeconds();
        return new Run(
                List.copyOf(millis),
                failed.get(),
                millis.size() / seconds,
                Objects.requireNonNull(before.get()));
    }

    private static boolean answered(KeptConnection connection, String token, int number)
            throws IOException {
        if (number % PER_CHANGE == 0) {
            String body = Json.write(Map.of("name", "Home " + number % 7));
            return connection.send("PATCH", "/api/v1/teams/home", token, body) == 200;
        }
        String look = LOOKS.get(number % LOOKS.size());
        return connection.send("GET", "/api/v1/" + look, token, "") == 200;
    }

    private static void join(Thread client) {
        try {
            client.join();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
