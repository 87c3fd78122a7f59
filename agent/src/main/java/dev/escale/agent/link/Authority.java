package dev.escale.agent.link;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * The one certificate authority that the agent believes. Sockets made here speak TLS 1.3 only,
 * trust nothing else, and check the host's name.
 */
public final class Authority {
    private final X509Certificate root;
    private final SSLSocketFactory sockets;

    private Authority(X509Certificate root) throws GeneralSecurityException, IOException {
        this.root = root;
        this.sockets = new Strict(context(root).getSocketFactory());
    }

    static Authority of(X509Certificate root) throws IOException {
        try {
            return new Authority(root);
        } catch (GeneralSecurityException failure) {
            throw new IOException("this root certificate cannot be used: " + failure, failure);
        }
    }

    static Authority parse(String pem) throws IOException {
        try {
            var factory = CertificateFactory.getInstance("X.509");
            var stream = new ByteArrayInputStream(pem.getBytes(US_ASCII));
            return of((X509Certificate) factory.generateCertificate(stream));
        } catch (CertificateException damaged) {
            throw new IOException("the pinned root certificate is damaged", damaged);
        }
    }

    /**
     * @return SHA-256 of the certificate, lower-case hex
     */
    static String fingerprint(X509Certificate certificate) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(certificate.getEncoded()));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    SSLSocketFactory sockets() {
        return sockets;
    }

    String fingerprint() {
        return fingerprint(root);
    }

    String pem() {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(root.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static SSLContext context(X509Certificate root)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", root);
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        var context = SSLContext.getInstance("TLSv1.3");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** Adds to each socket what a factory of the JDK leaves open. */
    private static final class Strict extends SSLSocketFactory {
        private static final String[] ONLY = {"TLSv1.3"};

        private final SSLSocketFactory sockets;

        Strict(SSLSocketFactory sockets) {
            this.sockets = sockets;
        }

        private static Socket strict(Socket socket) {
            var tls = (SSLSocket) socket;
            tls.setEnabledProtocols(ONLY);
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
            return tls;
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return sockets.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return sockets.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket() throws IOException {
            return strict(sockets.createSocket());
        }

        @Override
        public Socket createSocket(Socket below, String host, int port, boolean closeBelow)
                throws IOException {
            return strict(sockets.createSocket(below, host, port, closeBelow));
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return strict(sockets.createSocket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress from, int fromPort)
                throws IOException {
            return strict(sockets.createSocket(host, port, from, fromPort));
        }

        @Override
        public Socket createSocket(InetAddress address, int port) throws IOException {
            return strict(sockets.createSocket(address, port));
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress from, int fromPort)
                throws IOException {
            return strict(sockets.createSocket(address, port, from, fromPort));
        }
    }
}
