package dev.escale.agent.build.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.escale.agent.release.BuildFailed;
import dev.escale.protocol.GitUrl;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceUrlTest {
    @ParameterizedTest
    @CsvSource({
        "https://example.org/a/b.git,https://example.org/a/b.git",
        "https://example.org:8420/git/t/a.git?x=1,https://example.org:8420/git/t/a.git?x=1",
        "https://ada:pass%20word@example.org/a,https://example.org/a",
        "git://example.org/a,git://example.org/a"
    })
    void keepsThePasswordOutOfTheAddress(String text, String address) throws BuildFailed {
        GitUrl url = SourceUrl.of(text, false);

        assertThat(url.address()).isEqualTo(address);
        assertThat(url.host()).isEqualTo("example.org");
        assertThat(url.login()).isEqualTo(text.contains("pass") ? "ada:pass word" : null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org/a",
                "file:///etc",
                "ext::sh -c touch% /tmp/pwned",
                "--upload-pack=touch /tmp/x",
                "/srv/a.git",
                "https:///a",
                "https://exa mple.org/",
                "fd::17",
                "a@-oProxyCommand=x:y z"
            })
    void refusesWhatIsNotOnTheList(String text) {
        BuildFailed failure =
                catchThrowableOfType(BuildFailed.class, () -> SourceUrl.of(text, false));

        assertThat(failure.reason().code()).isEqualTo(Notes.SOURCE_URL_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh://git@example.org:22/ada/a.git", "git@example.org:ada/a.git"})
    void saysThatSshIsNotForNow(String text) {
        BuildFailed failure =
                catchThrowableOfType(BuildFailed.class, () -> SourceUrl.of(text, false));

        assertThat(failure.reason().code()).isEqualTo(Notes.SOURCE_SSH_UNSUPPORTED);
        assertThat(failure.reason().facts().get("url")).startsWith("ssh://git@example.org");
    }

    @Test
    void doesNotShowThePasswordOfARefusedAddress() {
        BuildFailed failure =
                catchThrowableOfType(
                        BuildFailed.class,
                        () -> SourceUrl.of("http://ada:s3cret@example.org/a", false));

        assertThat(failure.reason())
                .isEqualTo(Note.of(Notes.SOURCE_URL_REFUSED, "url", "http://example.org/a"));
    }
}
