package dev.escale.control.authority;

import dev.escale.control.StartRefused;
import java.security.KeyStore;
import java.util.List;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port of the control plane: TLS 1.3 and nothing below, on all interfaces. */
final class TlsPort {
    private static final Logger LOG = LoggerFactory.getLogger(TlsPort.class);
    private static final int REQUEST_HEADER = 32 * 1024;

    private final ServerCertificate certificate;
    private final int port;
    private final SslContextFactory.Server tls = new SslContextFactory.Server();
    private KeyStore loaded;

    TlsPort(ServerCertificate certificate, int port) {
        this.certificate = certificate;
        this.port = port;
        this.loaded = certificate.load();
        tls.setKeyStore(loaded);
        tls.setKeyStorePassword(new String(ServerCertificate.PASSWORD));
        tls.setIncludeProtocols("TLSv1.3");
        tls.setRenegotiationAllowed(false);
    }

    /** These are all ports of the server. */
    static void open(Server server, List<TlsPort> ports) {
        server.setConnectors(
                ports.stream().map(port -> port.connector(server)).toArray(Connector[]::new));
    }

    private Connector connector(Server server) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(REQUEST_HEADER);
        http.addCustomizer(new SecureRequestCustomizer(false));
        ServerConnector connector =
                new ServerConnector(
                        server,
                        new SslConnectionFactory(tls, HttpVersion.HTTP_1_1.asString()),
                        new HttpConnectionFactory(http));
        connector.setPort(port);
        return connector;
    }

    /** Loads the certificate anew when it is due; connections that are open stay. */
    synchronized void renewIfDue() {
        try {
            if (certificate.isDue(loaded)) {
                KeyStore fresh = certificate.load();
                tls.reload(factory -> factory.setKeyStore(fresh));
                loaded = fresh;
                LOG.info(
                        "TLS certificate renewed, valid until {}",
                        ServerCertificate.leaf(fresh).getNotAfter().toInstant());
            }
        } catch (StartRefused unusable) {
            LOG.error("TLS certificate not renewed, the old one stays: {}", unusable.getMessage());
        } catch (Exception failure) {
            LOG.error("TLS certificate not renewed, the old one stays", failure);
        }
    }
}
