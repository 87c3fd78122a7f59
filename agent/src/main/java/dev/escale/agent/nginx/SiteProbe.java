package dev.escale.agent.nginx;

import dev.escale.agent.host.HttpGet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Asks a site for a page as a browser would, through Nginx and TLS, and believes only the very
 * certificate that we installed.
 */
public record SiteProbe(int httpsPort, Hostname name, Path chain) {
    /** Name of the header by which Nginx tells the release. */
    public static final String MARKER = "x-escale-release";

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    public HttpGet.Answer ask(String path) throws IOException {
        return new HttpGet("127.0.0.1", httpsPort, name.text(), path, PATIENCE, pinned()).ask();
    }

    private SSLContext pinned() throws IOException {
        try (InputStream in = Files.newInputStream(chain)) {
            var leaf =
                    CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                            .findFirst()
                            .orElseThrow(() -> new IOException(chain + " holds no certificate"));
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("site", leaf);
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException failure) {
            throw new IOException("cannot pin " + chain, failure);
        }
    }
}
