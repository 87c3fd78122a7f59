package dev.escale.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Pinned root certificates: how to see one before it is trusted, and how to trust that one and no
 * other.
 */
public final class Authorities {
    private Authorities() {}

    /**
     * The chain a server shows. Nothing is sent to it: the handshake is refused as soon as the
     * chain is seen, because it is not trusted yet.
     */
    static List<X509Certificate> chainOf(URI url) {
        var seen = new Capture();
        int port = url.getPort() < 0 ? 443 : url.getPort();
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[] {seen}, null);
            try (var socket = (SSLSocket) context.getSocketFactory().createSocket()) {
                socket.connect(new InetSocketAddress(url.getHost(), port), 10_000);
                socket.setSoTimeout(10_000);
                var parameters = socket.getSSLParameters();
                if (!url.getHost().matches("[0-9.]+|.*:.*")) {
                    parameters.setServerNames(List.of(new SNIHostName(url.getHost())));
                }
                socket.setSSLParameters(parameters);
                socket.startHandshake();
            }
        } catch (SSLException refused) {
            if (seen.chain.isEmpty()) {
                throw new Refusal(Words.say("login.notTls", url, reason(refused)), refused);
            }
        } catch (IOException | GeneralSecurityException failure) {
            throw new Refusal(Words.say("login.unreachable", url, reason(failure)), failure);
        }
        return seen.chain;
    }

    /**
     * @return lower-case hex of SHA-256 over the DER form
     */
    public static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * @return the fingerprint of the first certificate in a PEM file
     */
    public static String fingerprintOf(Path pem) {
        try {
            return fingerprint(read(pem).iterator().next());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (CertificateException failure) {
            throw new Refusal(Words.say("login.badAuthority", pem), failure);
        }
    }

    static String pem(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'})
                            .encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A context that trusts the certificates of this PEM file and nothing else. */
    public static SSLContext trusting(Path pem) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (var certificate : read(pem)) {
                store.setCertificateEntry("authority" + number++, certificate);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLSv1.3");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (GeneralSecurityException failure) {
            throw new Refusal(Words.say("login.badAuthority", pem), failure);
        }
    }

    private static Iterable<X509Certificate> read(Path pem)
            throws IOException, CertificateException {
        byte[] bytes = Files.readString(pem).getBytes(StandardCharsets.US_ASCII);
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(bytes))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    static String reason(Exception failure) {
        return failure.getMessage() == null
                ? failure.getClass().getSimpleName()
                : failure.getMessage();
    }

    /** Trusts nobody and remembers what it was shown. */
    private static final class Capture implements X509TrustManager {
        private List<X509Certificate> chain = List.of();

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String type)
                throws CertificateException {
            chain = List.of(shown);
            throw new CertificateException("seen, not trusted yet");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String type)
                throws CertificateException {
            throw new CertificateException("not a server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
