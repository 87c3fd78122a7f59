package dev.escale.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.escale.agent.control.FakeControl;
import dev.escale.agent.control.Somewhere;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinTest {
    @TempDir Path home;

    @Test
    void pinsTheAuthorityAndKeepsThePrivateKeyHere() throws Exception {
        try (var control = new FakeControl()) {
            String fingerprint = control.fingerprint().toUpperCase(Locale.ROOT);

            Pinned pinned = join(control, fingerprint);

            assertThat(pinned.server()).isEqualTo(FakeControl.SERVER);
            assertThat(pinned.authority()).isEqualTo(control.fingerprint());
            assertThat(pinned.signingKeys()).containsExactly(control.signingKey());
            assertThat(control.registrations().getFirst().token()).isEqualTo("secret");
            assertThat(new Identity(home).control()).contains(pinned);
            Path key = home.resolve("identity/key.pem");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void tellsNobodyTheTokenUnderAnotherFingerprint() throws Exception {
        try (var control = new FakeControl()) {
            assertThatThrownBy(() -> join(control, "ab".repeat(32)))
                    .isInstanceOf(JoinRefused.class)
                    .hasMessageContaining("shows no certificate with the fingerprint");

            assertThat(control.registrations()).isEmpty();
            assertThat(new Identity(home).control()).isEmpty();
        }
    }

    @Test
    void refusesACertificateOfTheRightAuthorityForAnotherName() throws Exception {
        try (var control = new FakeControl("elsewhere.example")) {
            assertThatThrownBy(() -> join(control, control.fingerprint()))
                    .isInstanceOf(JoinRefused.class)
                    .hasMessageContaining("TLS failed");

            assertThat(control.registrations()).isEmpty();
        }
    }

    @Test
    void saysInOneSentenceWhatIsWrongWithTheToken() throws Exception {
        try (var control = new FakeControl()) {
            control.refusal = "{\"code\":\"registration.tokenExpired\",\"title\":\"no\"}";
            assertThatThrownBy(() -> join(control, control.fingerprint()))
                    .hasMessageContaining("expired")
                    .hasMessageContaining("new install command");

            control.refusal = "{\"code\":\"registration.tokenUsed\"}";
            assertThatThrownBy(() -> join(control, control.fingerprint()))
                    .hasMessageContaining("used before");

            control.refusal = "<html>";
            assertThatThrownBy(() -> join(control, control.fingerprint()))
                    .hasMessageContaining("status 410");
        }
    }

    @Test
    void saysWhenNobodyIsThere() {
        var join = new Join(URI.create("https://localhost:1"), "ab".repeat(32), "1");

        assertThatThrownBy(() -> join.run("secret", Somewhere.FACTS, new Identity(home)))
                .isInstanceOf(JoinRefused.class)
                .hasMessageContaining("nobody listens there");
    }

    private Pinned join(FakeControl control, String fingerprint) throws Exception {
        return new Join(URI.create(control.url()), fingerprint, "1")
                .run("secret", Somewhere.FACTS, new Identity(home));
    }
}
