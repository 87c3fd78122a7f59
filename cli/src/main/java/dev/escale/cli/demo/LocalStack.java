package dev.escale.cli.demo;

import dev.escale.cli.Authorities;
import dev.escale.cli.ControlPlane;
import dev.escale.cli.Login;
import dev.escale.cli.Refusal;
import dev.escale.cli.Words;
import io.avaje.jsonb.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A control plane and an agent on this machine, below one folder. Closing it leaves nothing
 * running.
 */
final class LocalStack implements AutoCloseable {
    private static final Duration BEFORE_A_RESTART = Duration.ofSeconds(2);
    private static final Pattern SIGN_IN = Pattern.compile("https://\\S+/login/\\S+");

    private final Checkout checkout;
    private final Path home;
    private final Progress progress;
    private final int port;
    private @Nullable Background control;
    private @Nullable Background agent;
    private volatile boolean closed;

    LocalStack(Checkout checkout, Path home, int port, Progress progress) {
        this.checkout = checkout;
        this.home = home;
        this.port = port;
        this.progress = progress;
    }

    String url() {
        return "https://localhost:" + port;
    }

    Path authority() {
        return home.resolve("control/ca/root.pem");
    }

    ControlPlane api() {
        return new ControlPlane(login());
    }

    Login login() {
        return new Login(url(), bootstrapToken(), authority().toString());
    }

    void startControlPlane() {
        keepToUs();
        var command = new java.util.ArrayList<String>();
        command.add(checkout.java().toString());
        command.addAll(checkout.controlFlags());
        Path cache = checkout.controlApp().resolve("control.aot");
        command.add(Files.exists(cache) ? "-XX:AOTCache=control.aot" : "-Xshare:auto");
        command.add("-Djava.io.tmpdir=" + temporary());
        command.add("-Descale.agent.image=" + checkout.agentImage() + ".tar.gz");
        command.addAll(List.of("-jar", checkout.controlJar().getFileName().toString()));
        control =
                Background.start(
                        "control plane",
                        command,
                        Map.of(
                                "ESCALE_HOME", home.resolve("control").toString(),
                                "ESCALE_PORT", String.valueOf(port),
                                "ESCALE_PUBLIC_URL", url(),
                                "ESCALE_BOOTSTRAP_TOKEN", bootstrapToken()),
                        checkout.controlApp(),
                        home.resolve("log/control-plane.log"));
        control.await(this::ready, Duration.ofSeconds(90));
    }

    private void keepToUs() {
        try {
            OwnFiles.passage(home);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** One that is killed leaves its unpacked libraries behind: here, not in /tmp. */
    private Path temporary() {
        try {
            return OwnFiles.folder(home.resolve("tmp"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Joins once, then runs. @return id of the server */
    String startAgent(String name) {
        installPm2();
        String server = registered().orElseGet(() -> join(name));
        Background running = runAgent();
        ControlPlane api = api();
        running.await(() -> "online".equals(state(api, server)), Duration.ofSeconds(60));
        return server;
    }

    /** The one-time link that the control plane printed for the owner. */
    Optional<String> signInLink() {
        try {
            Matcher link = SIGN_IN.matcher(Files.readString(home.resolve("log/control-plane.log")));
            String last = null;
            while (link.find()) {
                last = link.group();
            }
            return Optional.ofNullable(last);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Waits until it is closed. An agent that ends before is started again, as systemd would.
     *
     * @throws Refusal when the control plane ends by itself
     */
    void join() {
        watch();
        if (!closed) {
            Background ended = Objects.requireNonNull(control);
            throw new Refusal(
                    Words.say(
                            "demo.died",
                            "control plane",
                            ended.exit(),
                            ended.lastWords(),
                            home.resolve("log/control-plane.log")));
        }
    }

    private void watch() {
        Background serving = Objects.requireNonNull(control);
        while (serving.alive()) {
            Background running = Objects.requireNonNull(agent);
            CompletableFuture.anyOf(serving.ended(), running.ended()).join();
            if (!running.alive() && serving.staysFor(BEFORE_A_RESTART)) {
                restartAgent(running);
            }
        }
    }

    /** Ends what an earlier run left behind when it was killed. */
    void endLeftovers() {
        if (Files.exists(home.resolve("agent/pm2"))) {
            down();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            if (agent != null) {
                agent.close();
                down();
            }
        } finally {
            if (control != null) {
                control.close();
            }
        }
    }

    private void down() {
        Background.run(
                "escale-agent down",
                List.of(checkout.agentProgram().toString(), "down"),
                agentEnvironment(),
                home,
                home.resolve("log/agent-down.log"));
    }

    private synchronized void restartAgent(Background dead) {
        if (!closed) {
            progress.note(Words.say("demo.agentAgain", dead.exit(), dead.lastWords()));
            runAgent();
        }
    }

    private synchronized Background runAgent() {
        var running =
                Background.start(
                        "agent",
                        List.of(checkout.agentProgram().toString(), "run"),
                        agentEnvironment(),
                        home,
                        home.resolve("log/agent.log"));
        agent = running;
        return running;
    }

    private boolean ready() {
        if (!Files.exists(authority())) {
            return false;
        }
        try (var http =
                HttpClient.newBuilder().sslContext(Authorities.trusting(authority())).build()) {
            var request =
                    HttpRequest.newBuilder(URI.create(url() + "/readyz"))
                            .timeout(Duration.ofSeconds(5))
                            .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal(Words.say("interrupted"), interrupted);
        }
    }

    private static @Nullable String state(ControlPlane api, String server) {
        return ControlPlane.read(ServerState.class, api.get("servers/" + server)).state();
    }

    /** Made beside and moved: what an interrupted npm leaves must not be taken for PM2. */
    private void installPm2() {
        Path tools = home.resolve("agent/tools/pm2");
        if (Files.exists(tools.resolve("node_modules/pm2/package.json"))) {
            return;
        }
        progress.begin(Words.say("demo.pm2"));
        Path fresh = tools.resolveSibling("pm2.new");
        SampleRepository.delete(fresh);
        SampleRepository.delete(tools);
        try {
            Files.createDirectories(fresh);
            for (String file : List.of("package.json", "package-lock.json")) {
                Files.copy(
                        checkout.root().resolve("packaging/pm2").resolve(file),
                        fresh.resolve(file));
            }
            Background.run(
                    "npm",
                    List.of(
                            "npm",
                            "ci",
                            "--prefix",
                            fresh.toString(),
                            "--omit=dev",
                            "--no-audit",
                            "--no-fund",
                            "--ignore-scripts",
                            "--no-update-notifier"),
                    Map.of(),
                    fresh,
                    home.resolve("log/npm.log"));
            Files.move(fresh, tools);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Optional<String> registered() {
        Path state = home.resolve("agent/identity/control.json");
        if (!Files.exists(state)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    ControlPlane.read(ServerIdentity.class, Files.readString(state)).server());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String join(String name) {
        var added =
                ControlPlane.read(
                        ServerAdded.class, api().send("POST", "servers", Map.of("name", name)));
        var environment = new LinkedHashMap<>(agentEnvironment());
        environment.put("ESCALE_AGENT_TOKEN", added.registrationToken());
        Background.run(
                "escale-agent join",
                List.of(
                        checkout.agentProgram().toString(),
                        "join",
                        "--url",
                        url(),
                        "--ca-sha256",
                        Authorities.fingerprintOf(authority())),
                environment,
                home,
                home.resolve("log/agent-join.log"));
        return added.id();
    }

    private Map<String, String> agentEnvironment() {
        return Map.of(
                "ESCALE_AGENT_HOME",
                home.resolve("agent").toString(),
                "ESCALE_AGENT_NGINX",
                "private");
    }

    private String bootstrapToken() {
        Path file = home.resolve("bootstrap-token");
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[24];
                new SecureRandom().nextBytes(random);
                Files.createDirectories(home);
                Files.createFile(
                        file,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, "esc_" + HexFormat.of().formatHex(random));
            }
            return Files.readString(file).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Json
    record ServerState(@Nullable String state) {}

    @Json
    record ServerIdentity(String server) {}

    @Json
    record ServerAdded(String id, String registrationToken) {}
}
