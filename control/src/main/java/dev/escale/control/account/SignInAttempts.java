package dev.escale.control.account;

import dev.escale.control.account.SignInAttempt.Purpose;
import dev.escale.control.provider.OAuthClient;
import dev.escale.control.provider.Pkce;
import dev.escale.control.provider.Provider;
import dev.escale.control.secret.Secrets;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the attempt of a browser in its session, sealed. There is one at a time, the newest; it can
 * be taken once, with its state, at the provider that it was begun with, within ten minutes.
 */
@Component
class SignInAttempts {
    static final Duration VALIDITY = Duration.ofMinutes(10);

    private static final String ATTRIBUTE = "escale.attempt";
    private static final String OWNER = "signIn";

    private final Secrets secrets;
    private final JsonMapper json;
    private final Clock clock;

    SignInAttempts(Secrets secrets, JsonMapper json, Clock clock) {
        this.secrets = secrets;
        this.json = json;
        this.clock = clock;
    }

    /**
     * @return where the browser goes now
     */
    URI begin(
            HttpServletRequest request,
            OAuthClient client,
            Purpose purpose,
            String subject,
            String next) {
        var attempt =
                new SignInAttempt(
                        client.provider(),
                        purpose,
                        Pkce.random(),
                        Pkce.random(),
                        subject,
                        next,
                        clock.instant().plus(VALIDITY));
        HttpSession session = request.getSession();
        if (session.isNew()) {
            // whoever does not come back leaves nothing
            session.setMaxInactiveInterval((int) VALIDITY.toSeconds());
        }
        byte[] sealed = secrets.seal(OWNER, json.writeValueAsString(attempt));
        session.setAttribute(ATTRIBUTE, Base64.getEncoder().encodeToString(sealed));
        return client.consent(attempt.state(), attempt.verifier());
    }

    /**
     * @param state that the browser brought
     * @return empty when this browser has none with this state; then what it has stays
     */
    Optional<SignInAttempt> take(
            HttpServletRequest request, Provider provider, @Nullable String state) {
        HttpSession session = request.getSession(false);
        if (session == null
                || state == null
                || !(session.getAttribute(ATTRIBUTE) instanceof String sealed)) {
            return Optional.empty();
        }
        String text = secrets.open(OWNER, Base64.getDecoder().decode(sealed));
        SignInAttempt attempt = json.readValue(text, SignInAttempt.class);
        if (attempt.provider() != provider || !same(attempt.state(), state)) {
            return Optional.empty();
        }
        session.removeAttribute(ATTRIBUTE);
        return clock.instant().isBefore(attempt.expiresAt())
                ? Optional.of(attempt)
                : Optional.empty();
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
