package dev.escale.control.account;

import dev.escale.control.provider.Provider;
import java.time.Instant;

/**
 * A browser that was sent to a provider, and why.
 *
 * @param state comes back with the browser and shows that it is the same
 * @param verifier whose challenge the provider was told (PKCE)
 * @param subject the text of the invitation, or the person whose identity is to be linked
 * @param next where to go afterwards
 */
record SignInAttempt(
        Provider provider,
        Purpose purpose,
        String state,
        String verifier,
        String subject,
        String next,
        Instant expiresAt) {

    enum Purpose {
        /** Somebody signs in, or begins an account where that is allowed. */
        ENTER,
        /** Somebody accepts an invitation. */
        JOIN,
        /** Somebody who is signed in wants one more way in. */
        LINK
    }

    @Override
    public String toString() {
        return "SignInAttempt[" + provider + " " + purpose + ", •••]";
    }
}
