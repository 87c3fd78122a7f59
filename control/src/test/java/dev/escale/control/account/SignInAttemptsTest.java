package dev.escale.control.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.account.SignInAttempt.Purpose;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.provider.OAuthClient;
import dev.escale.control.provider.Provider;
import dev.escale.control.provider.TestClients;
import dev.escale.control.secret.Secrets;
import dev.escale.control.secret.TestSecrets;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.json.JsonMapper;

class SignInAttemptsTest {
    private final Instant[] now = {Instant.parse("2026-01-01T00:00:00Z")};
    private final Clock clock = ((InstantSource) () -> now[0]).withZone(ZoneOffset.UTC);
    private final TestDatabase database = TestDatabase.Kind.SQLITE.fresh();
    private final OAuthClient gitHub = TestClients.gitHub();
    private final MockHttpServletRequest request = new MockHttpServletRequest();
    private SignInAttempts attempts;

    @BeforeEach
    void start(@TempDir Path folder) {
        Secrets secrets = TestSecrets.over(database.database(), folder);
        attempts = new SignInAttempts(secrets, new JsonMapper(), clock);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void anAttemptIsTakenOnce() {
        String state = begin(Purpose.LINK, "usr_1", "/home/account");

        var taken = attempts.take(request, Provider.GITHUB, state);

        assertThat(taken).isPresent();
        assertThat(taken.get().subject()).isEqualTo("usr_1");
        assertThat(taken.get().next()).isEqualTo("/home/account");
        assertThat(attempts.take(request, Provider.GITHUB, state)).isEmpty();
    }

    @Test
    void itEndsAfterTenMinutes() {
        String state = begin(Purpose.ENTER, "", "/");
        now[0] = now[0].plus(Duration.ofMinutes(10));

        assertThat(attempts.take(request, Provider.GITHUB, state)).isEmpty();
    }

    @Test
    void anotherStateOrProviderLeavesItAsItIs() {
        String state = begin(Purpose.ENTER, "", "/");

        assertThat(attempts.take(request, Provider.GITHUB, "x" + state)).isEmpty();
        assertThat(attempts.take(request, Provider.GITHUB, null)).isEmpty();
        assertThat(attempts.take(request, Provider.GITLAB, state)).isEmpty();
        assertThat(attempts.take(request, Provider.GITHUB, state)).isPresent();
    }

    @Test
    void aNewerOneReplacesAnOlderOne() {
        String older = begin(Purpose.ENTER, "", "/");
        String newer = begin(Purpose.ENTER, "", "/");

        assertThat(attempts.take(request, Provider.GITHUB, older)).isEmpty();
        assertThat(attempts.take(request, Provider.GITHUB, newer)).isPresent();
    }

    @Test
    void theSessionHoldsNothingThatCanBeRead() {
        String state = begin(Purpose.JOIN, "text-of-the-invitation", "/");

        var session = request.getSession();
        for (String name : Collections.list(session.getAttributeNames())) {
            assertThat(String.valueOf(session.getAttribute(name)))
                    .doesNotContain(state, "text-of-the-invitation");
        }
        assertThat(session.getMaxInactiveInterval()).isEqualTo(600);
    }

    private String begin(Purpose purpose, String subject, String next) {
        URI consent = attempts.begin(request, gitHub, purpose, subject, next);
        return ProviderDance.state(consent);
    }
}
