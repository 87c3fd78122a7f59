package dev.escale.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.escale.testkit.program.Program;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A site for {@code site.localhost} whose certificate a root of its own has signed. */
public final class LocalSite implements AutoCloseable {
    private final HttpsServer server;
    private final Path root;

    private LocalSite(HttpsServer server, Path root) {
        this.server = server;
        this.root = root;
    }

    public static LocalSite saying(Path folder, Supplier<String> body) throws Exception {
        makeCertificates(folder);
        HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 64);
        server.setHttpsConfigurator(new HttpsConfigurator(context(folder.resolve("leaf.p12"))));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        exchange.getRequestBody().readAllBytes();
                        String text = body.get();
                        boolean broken = text.isEmpty();
                        byte[] bytes = text.getBytes(UTF_8);
                        exchange.getResponseHeaders()
                                .set("Content-Type", "text/html; charset=utf-8");
                        exchange.getResponseHeaders()
                                .set(
                                        "Content-Security-Policy",
                                        "default-src 'none'; script-src 'self'; img-src 'self'");
                        exchange.sendResponseHeaders(
                                broken ? 502 : 200, broken ? -1 : bytes.length);
                        if (!broken) {
                            exchange.getResponseBody().write(bytes);
                        }
                    }
                });
        server.start();
        return new LocalSite(server, folder.resolve("root.pem"));
    }

    public String url() {
        return "https://site.localhost:" + server.getAddress().getPort() + "/";
    }

    public Path root() {
        return root;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void makeCertificates(Path folder) throws IOException {
        Files.writeString(
                folder.resolve("leaf.cnf"),
                "subjectAltName=DNS:site.localhost\nextendedKeyUsage=serverAuth\n");
        openssl(
                folder,
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout root.key -out"
                        + " root.pem -days 2 -subj /CN=Test-root");
        openssl(
                folder,
                "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout leaf.key -out"
                        + " leaf.csr -subj /CN=site.localhost");
        openssl(
                folder,
                "x509 -req -in leaf.csr -CA root.pem -CAkey root.key -CAcreateserial -days 2"
                        + " -extfile leaf.cnf -out leaf.pem");
        openssl(
                folder,
                "pkcs12 -export -in leaf.pem -inkey leaf.key -passout pass:test -out leaf.p12");
    }

    private static void openssl(Path folder, String arguments) {
        Program.of(("openssl " + arguments).split(" ")).in(folder).run();
    }

    private static SSLContext context(Path store) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store)) {
            keys.load(file, "test".toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "test".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
