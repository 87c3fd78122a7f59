package dev.escale.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.FileInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInTest {
    @TempDir Path folder;
    private HttpsServer server;
    private URI url;
    private final AtomicInteger requests = new AtomicInteger();

    @BeforeEach
    void startServerWithCertificateOfItsOwn() throws Exception {
        Path keys = folder.resolve("keys.p12");
        new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        "self",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        "secret",
                        "-storetype",
                        "PKCS12")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        var store = KeyStore.getInstance("PKCS12");
        try (var stream = new FileInputStream(keys.toFile())) {
            store.load(stream, "secret".toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, "secret".toCharArray());
        var context = SSLContext.getInstance("TLSv1.3");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext(
                "/",
                exchange -> {
                    requests.incrementAndGet();
                    byte[] body =
                            "{\"detail\":\"No.\",\"hint\":\"Ask.\"}"
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(403, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        url = URI.create("https://localhost:" + server.getAddress().getPort());
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void seesAnAuthorityBeforeItTrustsItAndSendsNothing() {
        var chain = Authorities.chainOf(url);

        assertThat(chain).hasSize(1);
        assertThat(Authorities.fingerprint(chain.getFirst())).matches("[0-9a-f]{64}");
        assertThat(requests).hasValue(0);
        assertThat(SystemTrust.accepts(url)).isFalse();
    }

    @Test
    void speaksOnlyWithThePinnedAuthority() throws Exception {
        Path pem = folder.resolve("authority.pem");
        Files.writeString(pem, Authorities.pem(Authorities.chainOf(url).getFirst()));
        var pinned = new ControlPlane(new Login(url.toString(), "esc_x", pem.toString()));
        var unpinned = new ControlPlane(new Login(url.toString(), "esc_x", null));

        assertThatThrownBy(() -> pinned.get("me"))
                .isInstanceOf(Refusal.class)
                .hasMessage("No. Ask.");
        assertThatThrownBy(() -> unpinned.get("me")).isInstanceOf(Refusal.class);
        assertThat(requests).hasValue(1);
    }

    @Test
    void remembersALoginForItsOwnerAlone() throws Exception {
        var logins = new Logins(folder.resolve("config"));
        var login = new Login("https://localhost:1", "esc_secret", null);

        logins.store(login);

        assertThat(logins.stored()).contains(login);
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("config/login.json"))))
                .isEqualTo("rw-------");
        assertThat(login.toString()).doesNotContain("esc_secret");
        assertThat(logins.forget()).isTrue();
        assertThat(logins.stored()).isEmpty();
    }
}
