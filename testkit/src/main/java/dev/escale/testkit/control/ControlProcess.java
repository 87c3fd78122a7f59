package dev.escale.testkit.control;

import dev.escale.testkit.Trust;
import dev.escale.testkit.program.Program;
import dev.escale.testkit.program.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The built control plane as a process, with a home, a port and an owner's token of its own. */
public final class ControlProcess implements AutoCloseable {
    private static final Pattern SIGN_IN = Pattern.compile("https://\\S+/login/\\S+");
    private static final Duration START = Duration.ofSeconds(90);

    private ControlSettings settings;
    private final String token;
    private Running process;

    private ControlProcess(ControlSettings settings, String token, Running process) {
        this.settings = settings;
        this.token = token;
        this.process = process;
    }

    public static ControlProcess start(ControlSettings settings) {
        try {
            Files.createDirectories(settings.home());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String token = "esc_" + Tokens.random();
        var control = new ControlProcess(settings, token, launch(settings, token));
        control.awaitReady();
        return control;
    }

    /** {@code https://host:port}. */
    public String url() {
        return settings.url();
    }

    public Path home() {
        return settings.home();
    }

    /** The local authority's certificate. */
    public Path root() {
        return settings.home().resolve("ca/root.pem");
    }

    /** SHA-256 of the authority's certificate in lower-case hex, as agents pin it. */
    public String fingerprint() {
        return Tokens.fingerprint(root());
    }

    public String token() {
        return token;
    }

    public Api api() {
        return api(token);
    }

    public Api api(String otherToken) {
        return new Api(Trust.client(root()), url(), otherToken);
    }

    /** The newest one-time link that it printed for its owner. */
    public String signInLink() {
        Matcher link = SIGN_IN.matcher(log());
        String last = null;
        while (link.find()) {
            last = link.group();
        }
        if (last == null) {
            throw new AssertionError("no sign-in link in the log:\n" + log());
        }
        return last;
    }

    public String log() {
        return process.output();
    }

    public long pid() {
        return process.pid();
    }

    /** kill -9. */
    public void crash() {
        process.crash();
    }

    /** What the operator runs beside it: the same program with its settings and an argument. */
    public Program operator(String argument) {
        var command = new ArrayList<>(Build.controlCommand(settings));
        command.add(argument);
        return program(command, settings, token);
    }

    /** From here on it is started, and the operator's programs are, with PostgreSQL. */
    public void use(Postgres postgres) {
        settings = settings.with(postgres);
    }

    /** Starts it again after {@link #crash} or {@link #stop}, on the same port and home. */
    public void startAgain() {
        process = launch(settings, token);
        awaitReady();
    }

    public void stop() {
        process.close();
    }

    @Override
    public void close() {
        process.close();
    }

    private static Running launch(ControlSettings settings, String token) {
        return program(Build.controlCommand(settings), settings, token)
                .start(settings.home().resolveSibling(settings.home().getFileName() + ".log"));
    }

    private static Program program(List<String> command, ControlSettings settings, String token) {
        return Program.of(command)
                .in(Build.controlFolder())
                .with("ESCALE_HOME", settings.home().toString())
                .with("ESCALE_PORT", Integer.toString(settings.port()))
                .with("ESCALE_PUBLIC_URL", settings.url())
                .with("ESCALE_BOOTSTRAP_TOKEN", token)
                .with(settings.environment());
    }

    private void awaitReady() {
        long end = System.nanoTime() + START.toNanos();
        while (!listens() || !Files.exists(root()) || !ready()) {
            if (!process.alive() || System.nanoTime() > end) {
                String why = process.alive() ? "is not ready within " + START : "ended by itself";
                process.kill();
                throw new AssertionError("the control plane " + why + ":\n" + log());
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** Asked first, because it costs next to nothing while the other one starts. */
    private boolean listens() {
        try (var socket = new Socket(settings.host(), settings.port())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private boolean ready() {
        try (HttpClient http = Trust.client(root())) {
            return http.send(
                                    HttpRequest.newBuilder(URI.create(url() + "/readyz"))
                                            .timeout(Duration.ofSeconds(5))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
