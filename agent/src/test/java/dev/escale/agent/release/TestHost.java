package dev.escale.agent.release;

import dev.escale.agent.host.HostShell;
import dev.escale.agent.host.HttpGet;
import dev.escale.agent.host.SystemUsers;
import dev.escale.agent.nginx.Hostname;
import dev.escale.agent.nginx.NginxSetup;
import dev.escale.agent.nginx.SiteProbe;
import dev.escale.agent.nginx.Sites;
import dev.escale.agent.nginx.TestAuthority;
import dev.escale.agent.pm2.Pm2;
import dev.escale.agent.pm2.Pm2Home;
import dev.escale.agent.pm2.Pm2Package;
import dev.escale.agent.pm2.Pm2Setup;
import dev.escale.protocol.AppSpec;
import dev.escale.protocol.EnvValue;
import dev.escale.protocol.Limits;
import dev.escale.protocol.Order;
import dev.escale.protocol.Overrides;
import dev.escale.protocol.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A host of its own in a folder: real Nginx, real PM2, a test authority, and releases by hand. */
final class TestHost implements AutoCloseable {
    static final String APP = "app_test";
    static final AppSpec SPEC = new AppSpec(APP, "shop", List.of("shop.localhost", "localhost"));
    static final Limits LIMITS = new Limits(60, 512, 1 << 20, 100, 120, 2);

    /** Answers with its version; what else it does is for each test to say. */
    static final String GOOD =
            """
            const http = require('http');
            http.createServer((q, r) => {
              r.setHeader('X-Version', process.env.VERSION || 'none');
              r.end('hello');
            }).listen(process.env.PORT, process.env.HOST);
            console.log('listening with ' + process.env.SECRET);
            """;

    final Path folder;
    final ServingHost host;
    final BuilderByHand builder = new BuilderByHand();
    final TestAuthority authority;
    volatile Duration later = Duration.ZERO;
    private Duration watch = Duration.ofMillis(500);
    BlueGreenDeployments deployments;
    private long release;

    TestHost(Path folder) throws Exception {
        this(folder, SystemUsers.none(new HostShell()));
    }

    TestHost(Path folder, SystemUsers users) throws Exception {
        this.folder = folder;
        var shell = new HostShell();
        var setup = NginxSetup.privateIn(folder.resolve("nginx"), freePort(), freePort(), true);
        var pm2Home = new Pm2Home(folder.resolve("pm2"), folder.resolve("tools/launch"));
        var pm2 = new Pm2(new Pm2Setup(pm2Home, Pm2Package.folder(), "node", false), shell);
        int first = 21_000 + (int) (ProcessHandle.current().pid() % 80) * 100;
        host =
                new ServingHost(
                        folder,
                        shell,
                        users,
                        pm2,
                        new Sites(setup, shell),
                        new PortRange(first, first + 99));
        authority = new TestAuthority(folder.resolve("ca"));
        deployments = agent();
    }

    /** As after a start of the agent: nothing is remembered but what is on disk. */
    void restartAgent() {
        deployments = agent();
    }

    /** For tests about the watch: without, it is just long enough for one check. */
    void watching(Duration length) {
        watch = length;
        restartAgent();
    }

    private BlueGreenDeployments agent() {
        return new BlueGreenDeployments(
                host, builder, HostLimits.NONE, watch, () -> Instant.now().plus(later));
    }

    /** The certificate that Nginx shows, verified against the test's authority. */
    X509Certificate shown() throws Exception {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (var root = Files.newInputStream(folder.resolve("ca/ca.pem"))) {
            trusted.setCertificateEntry(
                    "root", CertificateFactory.getInstance("X.509").generateCertificate(root));
        }
        var managers = TrustManagerFactory.getInstance("PKIX");
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        try (var http = HttpClient.newBuilder().sslContext(context).build()) {
            var answer =
                    http.send(
                            HttpRequest.newBuilder(URI.create(url())).build(),
                            HttpResponse.BodyHandlers.discarding());
            var chain = answer.sslSession().orElseThrow().getPeerCertificates();
            return (X509Certificate) chain[0];
        }
    }

    Heard deploy(String script, EnvValue... version) {
        return deploy(Map.of("server.js", script), version);
    }

    Heard deploy(Map<String, String> files, EnvValue... version) {
        Heard heard = heard();
        Order.Deploy order = order(files, version);
        deployments.deploy(order, heard);
        return heard;
    }

    Heard deployInBackground(String script) {
        Heard heard = heard();
        Order.Deploy order = order(Map.of("server.js", script));
        Thread.ofVirtual().start(() -> deployments.deploy(order, heard));
        return heard;
    }

    /** As somebody who calls himself something else. */
    Heard deployAs(AppSpec spec) {
        Heard heard = heard();
        Order.Deploy order = order(Map.of("server.js", GOOD));
        deployments.deploy(
                new Order.Deploy(
                        order.deployment(),
                        spec,
                        order.release(),
                        order.source(),
                        order.overrides(),
                        order.env(),
                        order.limits()),
                heard);
        return heard;
    }

    Heard serve(long number, EnvValue... version) {
        Heard heard = heard();
        deployments.serve(
                new Order.Serve("dep_s" + number, SPEC, number, env(version), LIMITS), heard);
        return heard;
    }

    Heard serveInBackground(long number) {
        Heard heard = heard();
        var order = new Order.Serve("dep_s" + number, SPEC, number, env(), LIMITS);
        Thread.ofVirtual().start(() -> deployments.serve(order, heard));
        return heard;
    }

    Order.Deploy order(Map<String, String> files, EnvValue... version) {
        release++;
        builder.files = files;
        return new Order.Deploy(
                "dep_" + release,
                SPEC,
                release,
                new Source("file:///", "main", null, null),
                Overrides.NONE,
                env(version),
                LIMITS);
    }

    long lastRelease() {
        return release;
    }

    Heard heard() {
        return new Heard(this::certify);
    }

    HttpGet.Answer ask(String path) throws IOException {
        return new SiteProbe(
                        host.sites().setup().httpsPort(),
                        new Hostname("shop.localhost"),
                        folder.resolve("certificates/" + APP + "/chain.pem"))
                .ask(path);
    }

    String url() {
        return "https://localhost:" + host.sites().setup().httpsPort() + "/";
    }

    @Override
    public void close() throws Exception {
        if (host.users().privileged()) {
            PortGuard.of(host).open();
        }
        host.sites().stop();
        Pm2Package.end(folder.resolve("pm2"));
    }

    private void certify(List<String> names, String csr) {
        try {
            String app = names.equals(SPEC.names()) ? APP : "app_other";
            deployments.install(
                    new Order.InstallCertificate(app, names, authority.sign(csr, names)));
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    private static Map<String, EnvValue> env(EnvValue... version) {
        return version.length == 0
                ? Map.of("SECRET", new EnvValue("hunter2", true))
                : Map.of("VERSION", version[0], "SECRET", new EnvValue("hunter2", true));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Puts files down instead of fetching and building. */
    static final class BuilderByHand implements Builder {
        volatile Map<String, String> files = Map.of();
        volatile List<String> shared = List.of();
        volatile List<String> releaseCommand = List.of();
        volatile Duration healthTimeout = Duration.ofSeconds(3);
        volatile boolean hangs;
        volatile @Nullable CountDownLatch until;
        volatile String site = "";

        @Override
        public ReleasePlan build(BuildRequest request, DeploymentReporter reporter)
                throws InterruptedException {
            Served served = request.served();
            Path root = request.folder().release(request.order().release());
            try {
                for (var file : files.entrySet()) {
                    Path path = root.resolve(file.getKey());
                    Files.createDirectories(path.getParent());
                    Files.writeString(path, file.getValue());
                }
                reporter.detected(
                        "c0ffee", "", "", served == null ? List.of() : served.findings(shared));
            } catch (IOException failure) {
                throw new AssertionError(failure);
            }
            CountDownLatch gate = until;
            if (gate != null) {
                gate.await();
            }
            if (hangs) {
                Thread.sleep(Duration.ofMinutes(5));
            }
            boolean pages = files.keySet().stream().anyMatch(name -> name.endsWith("index.html"));
            return new ReleasePlan(
                    pages ? ReleasePlan.Kind.STATIC : ReleasePlan.Kind.NODE,
                    root,
                    pages ? List.of() : List.of("node", "server.js"),
                    pages ? root.resolve(site).normalize() : null,
                    null,
                    "/",
                    healthTimeout,
                    "/usr/bin/node",
                    releaseCommand,
                    shared,
                    "c0ffee");
        }
    }
}
