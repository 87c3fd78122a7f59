package dev.escale.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Verification against one root certificate, and nothing else. */
public final class Trust {
    static {
        // Read when the JDK's client is first used. A connection that was refused counts as a
        // failure: nothing may try again on a test's behalf.
        System.setProperty("jdk.httpclient.disableRetryConnect", "true");
    }

    private Trust() {}

    public static SSLContext only(Path rootPem) {
        try (InputStream pem = Files.newInputStream(rootPem)) {
            KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
            roots.load(null, null);
            roots.setCertificateEntry(
                    "root", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            var managers =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(roots);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no root certificate in " + rootPem, e);
        }
    }

    /** A client of HTTP/1.1 that believes this root only and follows no redirects. */
    public static HttpClient client(Path rootPem) {
        return HttpClient.newBuilder()
                .sslContext(only(rootPem))
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }
}
