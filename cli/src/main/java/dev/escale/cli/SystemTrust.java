package dev.escale.cli;

import java.io.IOException;
import java.net.URI;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Whether this machine trusts a server already, as it does one with a public certificate. */
final class SystemTrust {
    private SystemTrust() {}

    static boolean accepts(URI url) {
        int port = url.getPort() < 0 ? 443 : url.getPort();
        try (var socket =
                (SSLSocket) SSLSocketFactory.getDefault().createSocket(url.getHost(), port)) {
            var parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(10_000);
            socket.startHandshake();
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
