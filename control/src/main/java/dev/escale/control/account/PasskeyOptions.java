package dev.escale.control.account;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * What browsers are asked for, as in <a href="https://www.w3.org/TR/webauthn-3/">WebAuthn</a>;
 * binary parts are base64url. User verification is preferred: a key without PIN or fingerprint is
 * better than no key.
 */
final class PasskeyOptions {
    private static final String PUBLIC_KEY = "public-key";
    private static final String PREFERRED = "preferred";

    private PasskeyOptions() {}

    record Create(
            Party rp,
            User user,
            String challenge,
            List<Kind> pubKeyCredParams,
            long timeout,
            List<Credential> excludeCredentials,
            Selection authenticatorSelection,
            String attestation) {}

    /** Of any credential that is known here: the authenticator offers what it has. */
    record Get(String challenge, String rpId, long timeout, String userVerification) {}

    record Party(String id, String name) {}

    record User(String id, String name, String displayName) {}

    record Kind(String type, long alg) {}

    record Credential(String type, String id) {}

    record Selection(String residentKey, boolean requireResidentKey, String userVerification) {}

    /**
     * @param known credentials of the person, which are not made twice
     */
    static Create create(WebAuthn party, Person person, String challenge, List<String> known) {
        String email = person.email();
        return new Create(
                new Party(party.id(), "Escale"),
                new User(handle(person.id()), email == null ? person.name() : email, person.name()),
                challenge,
                WebAuthn.ALGORITHMS.stream()
                        .map(each -> new Kind(PUBLIC_KEY, each.getAlg().getValue()))
                        .toList(),
                PasskeyChallenges.VALIDITY.toMillis(),
                known.stream().map(each -> new Credential(PUBLIC_KEY, each)).toList(),
                new Selection("required", true, PREFERRED),
                "none");
    }

    static Get get(WebAuthn party, String challenge) {
        return new Get(challenge, party.id(), PasskeyChallenges.VALIDITY.toMillis(), PREFERRED);
    }

    private static String handle(String person) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(person.getBytes(StandardCharsets.UTF_8));
    }
}
