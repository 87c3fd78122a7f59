package dev.escale.testkit.npm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.escale.testkit.Repository;
import dev.escale.testkit.TestCache;
import dev.escale.testkit.program.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * Serves PM2 and what the examples depend on. The packages come from the public registry through
 * the ordinary npm, once, and then from its cache folder.
 */
public final class NpmRegistry implements AutoCloseable {
    private static final String PM2 = "pm2@7.0.4";

    private final HttpServer server;
    private final NpmCache cache;

    private NpmRegistry(HttpServer server, NpmCache cache) {
        this.server = server;
        this.cache = cache;
    }

    /** Listens on a free port of {@code address}. */
    public static NpmRegistry on(String address) {
        try {
            var server = HttpServer.create(new InetSocketAddress(address, 0), 64);
            var registry = new NpmRegistry(server, new NpmCache(fetched()));
            server.createContext("/", registry::answer);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        InetSocketAddress address = server.getAddress();
        return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + "/";
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = NpmCache.decoded(exchange.getRequestURI().getRawPath());
            Optional<Path> content = cache.find(path);
            if (content.isEmpty()) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] body = Files.readAllBytes(content.get());
            exchange.getResponseHeaders()
                    .set(
                            "Content-Type",
                            path.endsWith(".tgz")
                                    ? "application/octet-stream"
                                    : "application/vnd.npm.install-v1+json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Path fetched() {
        return TestCache.entry(
                "npm-" + Repository.packagesFingerprint(),
                folder -> {
                    fetch(folder, PM2);
                    fetchFor(folder, Repository.pm2());
                    Repository.examples().stream()
                            .filter(example -> Files.exists(example.resolve("package.json")))
                            .forEach(example -> fetchFor(folder, example));
                });
    }

    private static void fetch(Path cache, String packageName) {
        npm(cache, scratch(), "install", packageName);
    }

    private static void fetchFor(Path cache, Path example) {
        Path copy = scratch();
        Program.of("cp", "-r", example + "/.", copy.toString()).run();
        npm(cache, copy, Files.exists(copy.resolve("package-lock.json")) ? "ci" : "install");
    }

    private static void npm(Path cache, Path folder, String... arguments) {
        var npm = new java.util.ArrayList<String>(java.util.List.of("npm"));
        npm.addAll(java.util.List.of(arguments));
        npm.addAll(
                java.util.List.of(
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund",
                        "--cache",
                        cache.toString()));
        Program.of(npm).in(folder).within(Duration.ofMinutes(5)).run();
        Program.of("rm", "-rf", folder.toString()).run();
    }

    private static Path scratch() {
        try {
            return Files.createTempDirectory("escale-npm");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
