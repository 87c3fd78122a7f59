package dev.escale.control.provider;

import java.net.URI;

/** Where the providers differ. */
interface Dialect {
    URI authorize();

    URI token();

    /** The least that tells who somebody is and which addresses are verified. */
    String scope();

    /**
     * Ends what the person let us have there.
     *
     * @throws ProviderException when it does not
     */
    void revoke(ProviderToken token);

    /**
     * @throws ProviderException when it does not tell
     */
    ProviderAccount account(String accessToken);
}
