package dev.escale.control.account;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.util.exception.WebAuthnException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The relying party's side of WebAuthn, for one address. Which maker an authenticator is of is not
 * asked for.
 */
final class WebAuthn {
    static final List<PublicKeyCredentialParameters> ALGORITHMS =
            Stream.of(
                            COSEAlgorithmIdentifier.ES256,
                            COSEAlgorithmIdentifier.EdDSA,
                            COSEAlgorithmIdentifier.RS256)
                    .map(
                            algorithm ->
                                    new PublicKeyCredentialParameters(
                                            PublicKeyCredentialType.PUBLIC_KEY, algorithm))
                    .toList();

    private static final int LARGEST = 32 << 10;

    private final URI address;
    private final ObjectConverter json = new ObjectConverter();
    private final WebAuthnManager checks = WebAuthnManager.createNonStrictWebAuthnManager(json);
    private final AttestedCredentialDataConverter attested =
            new AttestedCredentialDataConverter(json);

    /**
     * @param address scheme, host and port that browsers use
     */
    WebAuthn(URI address) {
        this.address = address;
    }

    /** A passkey that somebody signs in with, not yet checked. */
    static final class Answer {
        private final AuthenticationData data;

        private Answer(AuthenticationData data) {
            this.data = data;
        }

        String credential() {
            return text(data.getCredentialId());
        }

        /** The person whom the authenticator knows. */
        String person() {
            byte[] handle = data.getUserHandle();
            return handle == null ? "" : new String(handle, StandardCharsets.UTF_8);
        }
    }

    /** Passkeys belong to a name; browsers make none for a bare address. */
    boolean possible() {
        String host = id();
        return !host.contains(":") && !host.matches("[0-9.]+");
    }

    /** Id of the relying party: the host. */
    String id() {
        return Objects.requireNonNullElse(address.getHost(), "").replaceAll("[\\[\\]]", "");
    }

    /**
     * @param answer of {@code navigator.credentials.create}, as JSON
     * @return empty when it does not answer the challenge at our address with a key that we can use
     */
    Optional<PasskeyCredential> made(String answer, String challenge) {
        if (!hasShape(answer, "attestationObject")) {
            return Optional.empty();
        }
        try {
            RegistrationData data =
                    checks.verifyRegistrationResponseJSON(
                            answer,
                            new RegistrationParameters(server(challenge), ALGORITHMS, false, true));
            return credential(data);
        } catch (WebAuthnException | JacksonException | IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    /**
     * @param answer of {@code navigator.credentials.get}, as JSON
     * @return empty when it cannot be read
     */
    Optional<Answer> read(String answer) {
        if (!hasShape(answer, "authenticatorData", "signature", "userHandle")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Answer(checks.parseAuthenticationResponseJSON(answer)));
        } catch (WebAuthnException | JacksonException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * @return how often the passkey has signed; empty when the answer is not one of it to this
     *     challenge at our address, or it has signed as often before
     */
    Optional<Long> signed(Answer answer, PasskeyCredential known, String challenge) {
        var record =
                new CredentialRecordImpl(
                        new NoneAttestationStatement(),
                        null,
                        known.synced(),
                        null,
                        known.signCount(),
                        attested.convert(known.attested()),
                        null,
                        null,
                        null,
                        null);
        try {
            AuthenticationData data =
                    checks.verify(
                            answer.data,
                            new AuthenticationParameters(
                                    server(challenge), record, null, false, true));
            var authenticator = data.getAuthenticatorData();
            return authenticator == null
                    ? Optional.empty()
                    : Optional.of(authenticator.getSignCount());
        } catch (WebAuthnException refused) {
            return Optional.empty();
        }
    }

    private Optional<PasskeyCredential> credential(RegistrationData data) {
        var object = data.getAttestationObject();
        if (object == null) {
            return Optional.empty();
        }
        var authenticator = object.getAuthenticatorData();
        var made = authenticator.getAttestedCredentialData();
        return made == null
                ? Optional.empty()
                : Optional.of(
                        new PasskeyCredential(
                                text(made.getCredentialId()),
                                attested.convert(made),
                                authenticator.getSignCount(),
                                authenticator.isFlagBE()));
    }

    /** What is missing or of another kind would come out of the library as any exception. */
    private boolean hasShape(String answer, String... parts) {
        if (answer.length() > LARGEST) {
            return false;
        }
        try {
            JsonNode tree = json.getJsonMapper().readTree(answer);
            JsonNode response = tree.path("response");
            return tree.path("id").isString()
                    && tree.path("rawId").isString()
                    && tree.path("type").isString()
                    && response.path("clientDataJSON").isString()
                    && Stream.of(parts).allMatch(part -> response.path(part).isString());
        } catch (JacksonException unreadable) {
            return false;
        }
    }

    private ServerProperty server(String challenge) {
        return ServerProperty.builder()
                .origin(Origin.create(address.toString()))
                .rpId(id())
                .challenge(new DefaultChallenge(Base64.getUrlDecoder().decode(challenge)))
                .build();
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
