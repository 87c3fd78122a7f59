package dev.escale.control.team;

import java.net.URI;

/** What the recovery of a member needs of accounts. */
public interface Recovery {
    /**
     * A link that signs the person in, once and soon. It is a secret.
     *
     * @param maker the person who answers for it
     */
    URI link(String person, String maker);
}
