package dev.escale.testkit.load;

import dev.escale.testkit.Trust;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Bounded load on one URL until it is stopped: some clients keep their connection alive, one opens
 * a new one for each request. A request counts as failed when it got no answer, another status than
 * 200, or a body that does not carry the marker. Only what RFC 9112 section 9.3.1 lets every client
 * do is done twice: a GET on a kept connection that the server closed before any answer.
 */
public final class Load implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final URI url;
    private final Predicate<String> marker;
    private final Path root;
    private final long pauseNanos;
    private final LoadCount count = new LoadCount();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean stopped;

    private Load(URI url, Path root, Predicate<String> marker, long pauseNanos) {
        this.url = url;
        this.root = root;
        this.marker = marker;
        this.pauseNanos = pauseNanos;
    }

    /**
     * @param requestsPerSecond of all clients together, at most
     * @param marker what each body must carry
     */
    public static Load on(
            String url, Path root, int keptAlive, int requestsPerSecond, Predicate<String> marker) {
        long pause = 1_000_000_000L * (keptAlive + 1) / requestsPerSecond;
        var load = new Load(URI.create(url), root, marker, pause);
        for (int i = 0; i < keptAlive; i++) {
            load.begin(load::keepOneConnection);
        }
        load.begin(load::openOneConnectionEach);
        return load;
    }

    /** What has been counted up to now. */
    public LoadResult result() {
        return count.result();
    }

    /** Stops and gives the final count. */
    public LoadResult stop() {
        close();
        return count.result();
    }

    @Override
    public void close() {
        stopped = true;
        for (Thread client : clients) {
            try {
                client.join(TIMEOUT.plusSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void begin(Runnable client) {
        clients.add(Thread.ofVirtual().name("load").start(client));
    }

    private void keepOneConnection() {
        try (HttpClient http = Trust.client(root)) {
            while (!stopped) {
                request(http);
            }
        }
    }

    private void openOneConnectionEach() {
        while (!stopped) {
            try (HttpClient http = Trust.client(root)) {
                request(http);
            }
        }
    }

    private void request(HttpClient http) {
        long began = System.nanoTime();
        try {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(url).timeout(TIMEOUT).build(),
                            HttpResponse.BodyHandlers.ofString());
            judge(answer, System.nanoTime() - began);
        } catch (IOException e) {
            count.failed("no answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
        LockSupport.parkNanos(pauseNanos - (System.nanoTime() - began));
    }

    private void judge(HttpResponse<String> answer, long nanos) {
        if (answer.statusCode() != 200) {
            count.failed("status " + answer.statusCode());
        } else if (!marker.test(answer.body())) {
            count.failed("another body: " + abridged(answer.body()));
        } else {
            count.answered(nanos, abridged(answer.body()));
        }
    }

    private static String abridged(String body) {
        String line = body.strip();
        return line.length() <= 80 ? line : line.substring(0, 80) + "…";
    }
}
