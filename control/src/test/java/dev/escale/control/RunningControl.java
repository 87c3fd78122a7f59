package dev.escale.control;

import dev.escale.control.db.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real control plane on a free port of this machine, and a client that trusts its root. */
public final class RunningControl implements AutoCloseable {
    public static final String TOKEN = "esc_0123456789abcdefghijklmnop";
    private static final JsonMapper JSON = new JsonMapper();

    private final TestDatabase database;
    private final ControlConfig config;
    private final @Nullable Clock clock;
    private ConfigurableApplicationContext context;
    private final HttpClient http;

    private RunningControl(
            TestDatabase database, SignInSettings signIn, UnaryOperator<ControlConfig> settings) {
        this(database, signIn, settings, null);
    }

    private RunningControl(
            TestDatabase database,
            SignInSettings signIn,
            UnaryOperator<ControlConfig> settings,
            @Nullable Clock clock) {
        this.database = database;
        this.config = settings.apply(config(database, signIn));
        this.clock = clock;
        this.context = run(config);
        this.http =
                HttpClient.newBuilder()
                        .sslContext(trust(config.home().resolve("ca/root.pem")))
                        .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                        .build();
    }

    public static RunningControl start(TestDatabase.Kind kind) {
        return start(kind, SignInSettings.NONE);
    }

    /** Believes what this machine says about addresses, so that each browser has one of its own. */
    public static RunningControl start(TestDatabase.Kind kind, SignInSettings signIn) {
        return new RunningControl(kind.fresh(), signIn, UnaryOperator.identity());
    }

    /**
     * @param settings changes the usual ones
     */
    public static RunningControl start(
            TestDatabase.Kind kind, SignInSettings signIn, UnaryOperator<ControlConfig> settings) {
        return new RunningControl(kind.fresh(), signIn, settings);
    }

    /**
     * Believes what this machine says about addresses.
     *
     * @param clock instead of the machine's
     */
    public static RunningControl start(TestDatabase.Kind kind, SignInSettings signIn, Clock clock) {
        return new RunningControl(
                kind.fresh(),
                signIn,
                config ->
                        new ControlConfig(
                                config.home(),
                                config.port(),
                                config.publicUrl(),
                                config.agentUrl(),
                                config.database(),
                                config.migrationDatabase(),
                                List.of(AddressRange.parse("127.0.0.1")),
                                config.masterKey(),
                                config.tlsFiles(),
                                config.bootstrapToken(),
                                config.pushLimits(),
                                config.signIn(),
                                config.mail()),
                clock);
    }

    /** Closes the database with itself. */
    public static RunningControl start(TestDatabase database) {
        return new RunningControl(database, SignInSettings.NONE, UnaryOperator.identity());
    }

    /**
     * @param settings changes the usual ones
     */
    public static RunningControl start(
            TestDatabase.Kind kind, UnaryOperator<ControlConfig> settings) {
        return new RunningControl(kind.fresh(), SignInSettings.NONE, settings);
    }

    /** Stops it, and starts it again with the same settings, data and port. */
    public void restart() {
        context.close();
        context = run(config);
    }

    /** Its data stay. */
    public void stop() {
        context.close();
    }

    /** Started with other settings in place of the one that was stopped, at the same address. */
    public void startWith(ControlConfig other) {
        context = run(other);
    }

    private ConfigurableApplicationContext run(ControlConfig settings) {
        SpringApplication application = Main.application(settings);
        Clock other = clock;
        if (other != null) {
            application.addInitializers(
                    made ->
                            ((GenericApplicationContext) made)
                                    .registerBean(
                                            "otherClock",
                                            Clock.class,
                                            () -> other,
                                            bean -> bean.setPrimary(true)));
        }
        return application.run();
    }

    /** An answer and its body, read as JSON on demand. */
    public record Answer(int status, HttpResponse<String> response) {
        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String body() {
            return response.body();
        }

        public String header(String name) {
            return String.join(", ", response.headers().allValues(name));
        }
    }

    public ControlConfig config() {
        return config;
    }

    public TestDatabase database() {
        return database;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> List<T> beans(Class<T> type) {
        return context.getBeanProvider(type).stream().toList();
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(config.publicUrl() + path));
    }

    /** With the owner's token. */
    public HttpRequest.Builder authorized(String path) {
        return request(path).header("Authorization", "Bearer " + TOKEN);
    }

    public Answer get(String path) {
        return send(authorized(path));
    }

    public Answer send(String method, String path, String json) {
        return send(
                authorized(path)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            var response =
                    http.send(
                            request.build(),
                            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(response.statusCode(), response);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    public HttpClient http() {
        return http;
    }

    @Override
    public void close() {
        context.close();
        http.shutdownNow();
        database.close();
        try {
            FileSystemUtils.deleteRecursively(config.home());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static ControlConfig config(TestDatabase database, SignInSettings signIn) {
        try (ServerSocket free = new ServerSocket(0)) {
            Path home = Files.createTempDirectory("escale-home");
            int port = free.getLocalPort();
            return new ControlConfig(
                    home,
                    port,
                    URI.create("https://localhost:" + port),
                    URI.create("https://localhost:" + port),
                    database.url(),
                    database.owner(),
                    signIn.equals(SignInSettings.NONE)
                            ? List.of()
                            : List.of(AddressRange.parse("127.0.0.1")),
                    new MasterKeyPlace.File(home.resolve("master.key")),
                    null,
                    new SecretText(TOKEN),
                    ControlConfig.PushLimits.DEFAULT,
                    signIn,
                    null);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Trusts this certificate and no other. */
    public static SSLContext trust(Path pem) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(
                    "root",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(Files.readAllBytes(pem))));
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
            return tls;
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
