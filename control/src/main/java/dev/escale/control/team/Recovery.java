package dev.escale.control.team;

import dev.escale.control.operation.Actor;
import java.net.URI;

/** What the recovery of a member needs of accounts. */
public interface Recovery {
    /**
     * A link that signs the person in, once and soon. It is a secret.
     *
     * @param maker who answers for it; when that is a token, it ends with the token
     */
    URI link(String person, Actor maker);
}
