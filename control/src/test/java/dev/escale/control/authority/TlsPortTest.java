package dev.escale.control.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.escale.control.ControlConfig;
import dev.escale.control.ControlConfig.TlsFiles;
import dev.escale.control.RunningControl;
import dev.escale.control.SignInSettings;
import dev.escale.control.StartRefused;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.secret.KeyMaterials;
import dev.escale.control.secret.TestSecrets;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsPortTest {
    private final TestDatabase database = TestDatabase.Kind.SQLITE.fresh();
    private final SettableClock clock = new SettableClock();

    @TempDir private Path folder;

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theCertificateIsRenewedWithoutARestartAndOpenConnectionsStay() throws Exception {
        TlsPort port = new TlsPort(certificate(null, "localhost"), 0);
        Server server = new Server();
        TlsPort.open(server, List.of(port));
        server.start();
        try (SSLSocket early = connect(server)) {
            X509Certificate first = leaf(early);
            port.renewIfDue();
            assertThat(leafOf(server)).isEqualTo(first);

            clock.now = clock.now.plus(Duration.ofDays(61));
            port.renewIfDue();

            assertThat(leafOf(server).getNotAfter()).isAfter(first.getNotAfter());
            early.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes());
            byte[] answer = early.getInputStream().readNBytes(12);
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 404");
        } finally {
            server.stop();
        }
    }

    @Test
    void agentsFindTheLocalAuthorityBesideACertificateFromElsewhere() throws Exception {
        Path key = folder.resolve("key.pem");
        Path own = folder.resolve("certificate.pem");
        openssl(key, own);
        var browsers = new TlsPort(certificate(new TlsFiles(own, key), "localhost"), 0);
        var agents = new TlsPort(certificate(null, "localhost"), 0);
        Server server = new Server();
        TlsPort.open(server, List.of(browsers, agents));
        server.start();
        try {
            var context = RunningControl.trust(own).getSocketFactory();
            try (var socket = (SSLSocket) context.createSocket("127.0.0.1", port(server, 0))) {
                socket.startHandshake();
                assertThat(leaf(socket).getIssuerX500Principal().getName()).contains("localhost");
            }
            try (SSLSocket socket = connect(server, 1)) {
                assertThat(leaf(socket).getIssuerX500Principal().getName()).contains("Escale");
            }
        } finally {
            server.stop();
        }
    }

    @Test
    void theSameCertificateServesAfterARestart() {
        var first = ServerCertificate.leaf(certificate(null, "localhost").load());
        var second = ServerCertificate.leaf(certificate(null, "localhost").load());

        assertThat(second).isEqualTo(first);
    }

    @Test
    void anAddressThatTheRootMayNotVouchForStopsTheStart() {
        certificate(null, "localhost").load();

        assertThatThrownBy(() -> certificate(null, "escale.example.com").load())
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("may not vouch for escale.example.com");
    }

    @Test
    void aCertificateFromElsewhereMustFitItsKey() throws IOException {
        Path key = folder.resolve("key.pem");
        Path certificate = folder.resolve("certificate.pem");
        openssl(key, certificate);
        Path other = folder.resolve("other.pem");
        openssl(other, folder.resolve("other-certificate.pem"));

        assertThat(certificate(new TlsFiles(certificate, key), "localhost").load()).isNotNull();
        assertThatThrownBy(() -> certificate(new TlsFiles(certificate, other), "localhost").load())
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("is not the key of the first certificate");
        assertThatThrownBy(() -> certificate(new TlsFiles(key, key), "localhost").load())
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("ESCALE_TLS_CERT cannot be used");
    }

    private ServerCertificate certificate(@Nullable TlsFiles files, String host) {
        KeyMaterials keys = TestSecrets.keys(database.database(), folder);
        Authority authority = new Authority(keys, host, clock);
        ControlConfig config =
                new ControlConfig(
                        folder,
                        0,
                        URI.create("https://" + host),
                        URI.create("https://" + host),
                        database.url(),
                        null,
                        List.of(),
                        new dev.escale.control.MasterKeyPlace.File(folder.resolve("master.key")),
                        files,
                        null,
                        ControlConfig.PushLimits.DEFAULT,
                        SignInSettings.NONE,
                        null);
        return new ServerCertificate(config, files, authority, keys, clock);
    }

    private SSLSocket connect(Server server) throws IOException {
        return connect(server, 0);
    }

    private static int port(Server server, int connector) {
        return ((ServerConnector) server.getConnectors()[connector]).getLocalPort();
    }

    private SSLSocket connect(Server server, int connector) throws IOException {
        Authority authority =
                new Authority(TestSecrets.keys(database.database(), folder), "localhost", clock);
        Path root = Files.writeString(folder.resolve("root.pem"), authority.rootPem());
        SSLSocket socket =
                (SSLSocket)
                        RunningControl.trust(root)
                                .getSocketFactory()
                                .createSocket("127.0.0.1", port(server, connector));
        socket.startHandshake();
        return socket;
    }

    private X509Certificate leafOf(Server server) throws IOException {
        try (SSLSocket socket = connect(server)) {
            return leaf(socket);
        }
    }

    private static X509Certificate leaf(SSLSocket socket) throws IOException {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    private static void openssl(Path key, Path certificate) throws IOException {
        Process process =
                new ProcessBuilder(
                                "openssl",
                                "req",
                                "-x509",
                                "-newkey",
                                "ec",
                                "-pkeyopt",
                                "ec_paramgen_curve:P-256",
                                "-nodes",
                                "-subj",
                                "/CN=localhost",
                                "-keyout",
                                key.toString(),
                                "-out",
                                certificate.toString())
                        .redirectErrorStream(true)
                        .start();
        process.getInputStream().readAllBytes();
    }

    private static final class SettableClock extends Clock {
        private Instant now = Instant.now().minus(Duration.ofDays(61));

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
