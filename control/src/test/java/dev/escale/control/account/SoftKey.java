package dev.escale.control.account;

import com.webauthn4j.converter.AttestationObjectConverter;
import com.webauthn4j.converter.AuthenticatorDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.extension.authenticator.AuthenticationExtensionAuthenticatorOutput;
import com.webauthn4j.data.extension.authenticator.RegistrationExtensionAuthenticatorOutput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** An authenticator and the browser around it, which say what they are told to. */
public final class SoftKey {
    private static final byte PRESENT_VERIFIED = 0x05;
    private static final byte ATTESTED = 0x40;

    private final ObjectConverter json = new ObjectConverter();
    private final KeyPair pair;
    private final byte[] id = new byte[32];
    private final String party;
    long signCount;

    public SoftKey(String party) {
        this.party = party;
        new SecureRandom().nextBytes(id);
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** What never leaves the authenticator. */
    public byte[] privatePart() {
        return ((java.security.interfaces.ECPrivateKey) pair.getPrivate()).getS().toByteArray();
    }

    public String create(String challenge, String origin) {
        var attested =
                new AttestedCredentialData(
                        AAGUID.ZERO,
                        id,
                        EC2COSEKey.create(
                                (ECPublicKey) pair.getPublic(), COSEAlgorithmIdentifier.ES256));
        var data =
                new AuthenticatorData<RegistrationExtensionAuthenticatorOutput>(
                        sha256(party.getBytes(StandardCharsets.UTF_8)),
                        (byte) (PRESENT_VERIFIED | ATTESTED),
                        signCount,
                        attested);
        byte[] object =
                new AttestationObjectConverter(json)
                        .convertToBytes(
                                new AttestationObject(data, new NoneAttestationStatement()));
        return answer(
                "\"clientDataJSON\":\"%s\",\"attestationObject\":\"%s\",\"transports\":[]"
                        .formatted(
                                text(client("webauthn.create", challenge, origin)), text(object)));
    }

    /** Signs once more, and counts it. */
    String get(String challenge, String origin, String person) {
        signCount++;
        byte[] client = client("webauthn.get", challenge, origin);
        byte[] data =
                new AuthenticatorDataConverter(json)
                        .convert(
                                new AuthenticatorData<AuthenticationExtensionAuthenticatorOutput>(
                                        sha256(party.getBytes(StandardCharsets.UTF_8)),
                                        PRESENT_VERIFIED,
                                        signCount));
        return answer(
                ("\"clientDataJSON\":\"%s\",\"authenticatorData\":\"%s\","
                                + "\"signature\":\"%s\",\"userHandle\":\"%s\"")
                        .formatted(
                                text(client),
                                text(data),
                                text(signed(data, sha256(client))),
                                text(person.getBytes(StandardCharsets.UTF_8))));
    }

    private String answer(String response) {
        return "{\"id\":\"%s\",\"rawId\":\"%s\",\"type\":\"public-key\",\"clientExtensionResults\":{},\"response\":{%s}}"
                .formatted(text(id), text(id), response);
    }

    private byte[] signed(byte[] data, byte[] clientHash) {
        try {
            var both = new ByteArrayOutputStream();
            both.writeBytes(data);
            both.writeBytes(clientHash);
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(both.toByteArray());
            return signature.sign();
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static byte[] client(String type, String challenge, String origin) {
        return "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}"
                .formatted(type, challenge, origin)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
