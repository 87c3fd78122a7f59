package dev.escale.control.provider;

import java.net.URI;

/** Where the providers differ. */
interface Dialect {
    URI authorize();

    URI token();

    /** The least that tells who somebody is and which addresses are verified. */
    String scope();

    /**
     * @throws ProviderException when it does not tell
     */
    ProviderAccount account(String accessToken);
}
