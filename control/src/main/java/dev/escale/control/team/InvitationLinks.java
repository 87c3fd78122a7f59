package dev.escale.control.team;

import dev.escale.control.operation.Actor;
import java.net.URI;

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
}
