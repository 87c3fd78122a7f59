package dev.escale.control.account;

/**
 * The public half of a passkey.
 *
 * @param credential its id, base64url
 * @param attested AAGUID, id and public key, as the authenticator gave them
 * @param signCount how often it has signed; 0 for ever where the authenticator does not count
 * @param synced whether it may be kept by several devices
 */
record PasskeyCredential(String credential, byte[] attested, long signCount, boolean synced) {}
