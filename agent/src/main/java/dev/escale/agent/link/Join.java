package dev.escale.agent.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.escale.protocol.Codec;
import dev.escale.protocol.Facts;
import dev.escale.protocol.Jws;
import dev.escale.protocol.ProtocolVersion;
import dev.escale.protocol.Registered;
import dev.escale.protocol.Registration;
import io.avaje.jsonb.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.KeyPair;
import java.util.Locale;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Registers this server once: looks at the certificates that the control plane shows, pins the one
 * whose SHA-256 the person brought along, connects anew under it alone, and hands over the public
 * half of a key made here.
 *
 * @param fingerprint SHA-256 of the root certificate, hex of either case, colons allowed
 */
public record Join(URI url, String fingerprint, String agentVersion) {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int LONGEST_ANSWER = 64 << 10;

    /**
     * @return what is pinned now
     * @throws JoinRefused with a sentence for the person at the terminal
     * @throws IOException when the identity cannot be stored
     */
    public Pinned run(String token, Facts facts, Identity identity)
            throws JoinRefused, IOException {
        Authority authority = authority();
        KeyPair pair = ServerKey.generate();
        var registration =
                new Registration(
                        token,
                        Jws.encode(pair.getPublic()),
                        ProtocolVersion.CURRENT,
                        agentVersion,
                        facts);
        Registered registered = register(authority, registration);
        var pinned =
                new Pinned(
                        origin(),
                        registered.server(),
                        registered.name(),
                        authority.fingerprint(),
                        authority.pem(),
                        Pinned.byId(registered.keys()));
        identity.store(ServerKey.of(pair), pinned);
        return pinned;
    }

    private Authority authority() throws JoinRefused, IOException {
        String wanted = fingerprint.replace(":", "").toLowerCase(Locale.ROOT);
        ShownChain chain;
        try {
            chain = ShownChain.of(url);
        } catch (IOException failure) {
            throw unreachable(failure);
        }
        var root = chain.find(wanted);
        if (root.isEmpty()) {
            throw new JoinRefused(
                    url
                            + " shows no certificate with the fingerprint "
                            + wanted
                            + ": copy the command from the servers page again; if it stays so,"
                            + " somebody stands between this server and the control plane.");
        }
        return Authority.of(root.get());
    }

    private Registered register(Authority authority, Registration registration) throws JoinRefused {
        try {
            var request =
                    (HttpsURLConnection)
                            URI.create(origin() + "/agent/v1/register").toURL().openConnection();
            request.setSSLSocketFactory(authority.sockets());
            request.setConnectTimeout(PATIENCE_MILLIS);
            request.setReadTimeout(PATIENCE_MILLIS);
            request.setInstanceFollowRedirects(false);
            request.setRequestMethod("POST");
            request.setDoOutput(true);
            request.setRequestProperty("Content-Type", "application/json");
            request.setRequestProperty("Accept", "application/json, application/problem+json");
            // Not streamed: HttpsURLConnection would keep the body of a 401 to itself.
            byte[] body = Codec.write(Registration.class, registration).getBytes(UTF_8);
            try (var out = request.getOutputStream()) {
                out.write(body);
            }
            int status = request.getResponseCode();
            if (status == 201) {
                return Codec.read(Registered.class, text(request.getInputStream()));
            }
            throw refused(status, text(request.getErrorStream()));
        } catch (Codec.Malformed nonsense) {
            throw new JoinRefused(
                    url + " answered what no control plane answers: " + nonsense.getMessage());
        } catch (IOException failure) {
            throw unreachable(failure);
        }
    }

    private JoinRefused refused(int status, String body) {
        ProblemAnswer problem;
        try {
            problem = Codec.read(ProblemAnswer.class, body);
        } catch (Codec.Malformed notProblem) {
            problem = new ProblemAnswer(null, null, null);
        }
        String code = problem.code() == null ? "" : problem.code();
        String again = "make a new install command on the servers page.";
        return new JoinRefused(
                switch (code) {
                    case "registration.tokenExpired" ->
                            "This registration token has expired: " + again;
                    case "registration.tokenUsed" ->
                            "This registration token was used before: "
                                    + "each one registers one server; "
                                    + again;
                    case "registration.tokenUnknown" ->
                            "This registration token is not known at " + url + ": " + again;
                    default ->
                            "The control plane refused the registration (status "
                                    + status
                                    + (code.isEmpty() ? "" : ", " + code)
                                    + ")"
                                    + (problem.text().isEmpty() ? "." : ": " + problem.text());
                });
    }

    private JoinRefused unreachable(IOException failure) {
        String why =
                switch (failure) {
                    case UnknownHostException _ -> "its name is not known here";
                    case ConnectException _ -> "nobody listens there";
                    case NoRouteToHostException _ -> "there is no way to it";
                    case SocketTimeoutException _ -> "no answer within some seconds";
                    case SSLException tls -> "TLS failed: " + tls.getMessage();
                    default -> String.valueOf(failure.getMessage());
                };
        return new JoinRefused(
                "Cannot reach "
                        + url
                        + ": "
                        + why
                        + ". Check the address, and that this server may connect out to it.");
    }

    private String origin() {
        String text = url.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static String text(@Nullable InputStream stream) throws IOException {
        if (stream == null) {
            return "";
        }
        try (stream) {
            return new String(stream.readNBytes(LONGEST_ANSWER), UTF_8);
        }
    }

    /** What we read of RFC 9457. */
    @Json
    record ProblemAnswer(@Nullable String code, @Nullable String title, @Nullable String detail) {
        String text() {
            return detail != null ? detail : title != null ? title : "";
        }
    }
}
