package dev.escale.agent.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The certificates that a server shows. Looking trusts nobody: the handshake is always refused once
 * the chain is seen, and no byte is exchanged after it.
 */
record ShownChain(List<X509Certificate> certificates) {
    private static final int PATIENCE_MILLIS = 10_000;

    /**
     * @throws IOException when nobody answers, or not in TLS 1.3
     */
    static ShownChain of(URI url) throws IOException {
        var refusing = new Refusing();
        int port = url.getPort() == -1 ? 443 : url.getPort();
        try (var below = new Socket()) {
            below.connect(new InetSocketAddress(url.getHost(), port), PATIENCE_MILLIS);
            below.setSoTimeout(PATIENCE_MILLIS);
            try (SSLSocket socket = refusing.wrap(below, url.getHost(), port)) {
                socket.startHandshake();
            } catch (SSLException refused) {
                if (refusing.seen.isEmpty()) {
                    throw refused;
                }
            }
        }
        return new ShownChain(refusing.seen);
    }

    /**
     * @param sha256 lower-case hex
     */
    Optional<X509Certificate> find(String sha256) {
        return certificates.stream()
                .filter(one -> Authority.fingerprint(one).equals(sha256))
                .findFirst();
    }

    private static final class Refusing extends X509ExtendedTrustManager {
        private List<X509Certificate> seen = List.of();

        SSLSocket wrap(Socket below, String host, int port) throws IOException {
            try {
                var context = SSLContext.getInstance("TLSv1.3");
                context.init(null, new TrustManager[] {this}, null);
                var socket =
                        (SSLSocket)
                                context.getSocketFactory().createSocket(below, host, port, true);
                socket.setEnabledProtocols(new String[] {"TLSv1.3"});
                return socket;
            } catch (GeneralSecurityException failure) {
                throw new IOException("this Java has no TLS 1.3", failure);
            }
        }

        private void refuse(X509Certificate[] chain) throws CertificateException {
            seen = List.of(chain);
            throw new CertificateException("only looking");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            refuse(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            refuse(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            refuse(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            refuse(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            refuse(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            refuse(chain);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
