package dev.escale.agent.release;

import dev.escale.agent.host.HttpGet;
import dev.escale.agent.host.Listener;
import dev.escale.agent.host.ProcessTree;
import dev.escale.agent.host.Sockets;
import dev.escale.agent.nginx.Endpoint;
import dev.escale.agent.pm2.Pm2;
import dev.escale.agent.pm2.Pm2Process;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Asks a release whether it is well: a GET of its health path. For {@code /}, which nobody chose,
 * any answer below 500 will do; for a path that was chosen, 2xx or 3xx. Only a process of the
 * release itself may answer; somebody else on its port does not count.
 *
 * @param host name for the Host header
 */
record HealthCheck(ReleasePlan plan, String host, Pm2 pm2) {
    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration LAST = Duration.ofMillis(250);
    private static final Duration ONE_ANSWER = Duration.ofSeconds(5);

    /** Time for an app that opened another port to open the right one too. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** Waits for the first good answer, the death of the process, or the end of its time. */
    HealthResult await(Pm2Process process, int port) throws IOException, InterruptedException {
        var waiting = new Waiting(process, port);
        Duration pause = FIRST;
        while (true) {
            Optional<HealthResult> result = waiting.look();
            if (result.isPresent()) {
                return result.get();
            }
            Thread.sleep(pause);
            pause = pause.compareTo(LAST) < 0 ? pause.multipliedBy(5).dividedBy(4) : LAST;
        }
    }

    /**
     * @return empty when it is well; else the status, or what went wrong
     */
    Optional<String> ask(Endpoint endpoint) {
        return ask(endpoint, ONE_ANSWER);
    }

    Optional<String> ask(Endpoint endpoint, Duration patience) {
        try {
            int status =
                    new HttpGet(
                                    endpoint.address(),
                                    endpoint.port(),
                                    host,
                                    plan.healthPath(),
                                    patience,
                                    null)
                            .ask()
                            .status();
            return good(status) ? Optional.empty() : Optional.of(Integer.toString(status));
        } catch (IOException failure) {
            return Optional.of(String.valueOf(failure.getMessage()));
        }
    }

    boolean good(int status) {
        return plan.healthPath().equals("/") ? status < 500 : status >= 200 && status < 400;
    }

    static boolean alive(Pm2Process process) {
        return process.pid() > 0
                && ProcessHandle.of(process.pid()).map(ProcessHandle::isAlive).orElse(false);
    }

    /** One wait, and what it has seen. */
    private final class Waiting {
        private final Pm2Process process;
        private final int port;
        private final long began = System.nanoTime();
        private String answer = "";
        private long sawOther;

        Waiting(Pm2Process process, int port) {
            this.process = process;
            this.port = port;
        }

        Optional<HealthResult> look() throws IOException, InterruptedException {
            if (!alive(process)) {
                return Optional.of(new HealthResult.Died(exitCode()));
            }
            var expected = new Endpoint("127.0.0.1", port);
            Optional<String> wrong = ask(expected);
            List<Listener> open = Sockets.listening(pids());
            boolean own = open.stream().anyMatch(listener -> listener.port() == port);
            if (wrong.isEmpty() && own) {
                return Optional.of(new HealthResult.Healthy(expected));
            }
            Optional<HealthResult> elsewhere = elsewhere(open);
            if (elsewhere.isPresent()) {
                return elsewhere;
            }
            if (own) {
                answer = wrong.orElse("");
            }
            return late() ? Optional.of(verdict(open)) : Optional.empty();
        }

        /** On {@code ::1} alone, or on a port of its own choice. */
        private Optional<HealthResult> elsewhere(List<Listener> open) {
            for (Listener listener : open) {
                boolean other = listener.port() != port;
                if (!listener.reachableByLoopback() || other && !patience()) {
                    continue;
                }
                var endpoint = new Endpoint(listener.loopback(), listener.port());
                Optional<String> wrong = ask(endpoint);
                if (wrong.isEmpty()) {
                    return Optional.of(new HealthResult.Healthy(endpoint));
                }
                answer = wrong.get();
            }
            return Optional.empty();
        }

        private boolean patience() {
            if (sawOther == 0) {
                sawOther = System.nanoTime();
            }
            return System.nanoTime() - sawOther > GRACE.toNanos();
        }

        private HealthResult verdict(List<Listener> open) {
            if (!answer.isEmpty()) {
                return new HealthResult.Refused(plan.healthPath(), answer, plan.healthTimeout());
            }
            return open.stream()
                    .filter(listener -> !listener.reachableByLoopback())
                    .findFirst()
                    .<HealthResult>map(
                            listener ->
                                    new HealthResult.OtherAddress(
                                            listener.address(), listener.port()))
                    .orElseGet(() -> new HealthResult.NeverListened(port, plan.healthTimeout()));
        }

        private boolean late() {
            return System.nanoTime() - began > plan.healthTimeout().toNanos();
        }

        private int exitCode() throws IOException, InterruptedException {
            return pm2.find(process.id()).map(Pm2Process::exitCode).orElse(0);
        }

        private java.util.stream.LongStream pids() {
            return ProcessTree.of(process.pid()).stream().mapToLong(Long::longValue);
        }
    }
}
