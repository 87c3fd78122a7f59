package dev.escale.control.team;

import dev.escale.control.operation.Actor;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What invitations need of accounts: secret texts, and the person behind a token. */
public interface InvitationLinks {
    /**
     * @param link with the text that only whoever is given it knows
     */
    record Fresh(URI link, String hash) {
        @Override
        public String toString() {
            return "Fresh[•••]";
        }
    }

    Fresh fresh();

    /** Whether people can come in by accounts whose addresses somebody else has verified. */
    boolean othersVerifyAddresses();

    /** Id of the person who acts, also when it is through a token. */
    String person(Actor actor);

    /**
     * Who answers for a way in.
     *
     * @param token id of the one through which they made it, and with which it ends; null: none
     */
    record Maker(String person, @Nullable String token) {}

    /**
     * Whoever acts. Part of the caller's transaction: to its end nobody revokes their token.
     *
     * @throws dev.escale.control.operation.ProblemException 401 when it has been revoked meanwhile
     */
    Maker maker(Actor actor);
}
