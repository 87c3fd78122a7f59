package dev.escale.control;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How people come in besides by one-time links.
 *
 * @param github null: not offered
 * @param gitlab null: not offered
 * @param signUp whether somebody without an invitation may begin an account, with a team of its own
 */
public record SignInSettings(
        @Nullable Application github, @Nullable Application gitlab, boolean signUp) {
    public static final SignInSettings NONE = new SignInSettings(null, null, false);

    /**
     * What an OAuth provider knows us by.
     *
     * @param url of its pages; no slash at its end
     * @param apiUrl of its API; no slash at its end
     */
    public record Application(URI url, URI apiUrl, String clientId, SecretText clientSecret) {}
}
