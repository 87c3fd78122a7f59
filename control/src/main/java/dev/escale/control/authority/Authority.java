package dev.escale.control.authority;

import dev.escale.control.secret.KeyMaterials;
import dev.escale.control.secret.WrappedKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * The local certificate authority of this installation. Its root is made at the first start; agents
 * and command lines pin it by its fingerprint.
 */
public final class Authority {
    static final Duration ROOT_VALIDITY = Duration.ofDays(3653);
    static final Duration LEAF_VALIDITY = Duration.ofDays(90);
    private static final String PURPOSE = "authority";

    private final X509Certificate root;
    private final PrivateKey key;
    private final String ownHost;
    private final Clock clock;

    /**
     * @param ownHost of the control plane's public address
     */
    Authority(KeyMaterials keys, String ownHost, Clock clock) {
        WrappedKey stored =
                keys.newestOrMake(PURPOSE, () -> makeRoot(PermittedNames.with(ownHost), clock));
        this.root = Pem.certificates(stored.publicPart()).getFirst();
        this.key = privateKey(stored.privatePart());
        this.ownHost = ownHost;
        this.clock = clock;
    }

    public String rootPem() {
        return Pem.write(List.of(root));
    }

    /** SHA-256 over the root certificate (DER), hexadecimal in lower case. */
    public String sha256() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(root.getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("This Java has no SHA-256", failure);
        }
    }

    /**
     * A certificate for a site, 90 days, for a key that stays where it was made.
     *
     * @param names that the certificate shall carry: all of the request's, and no other
     * @param csr PKCS#10, PEM
     * @throws CertificateRefused when the request does not prove possession of its key, asks for
     *     other names, or for names that this authority may not vouch for
     */
    public IssuedCertificate issue(List<String> names, String csr) {
        for (String name : names) {
            if (!mayVouchFor(name) || name.equalsIgnoreCase(ownHost)) {
                throw new CertificateRefused("the local authority does not vouch for " + name);
            }
        }
        SigningRequest request = SigningRequest.check(csr, names);
        X509Certificate leaf = leaf(request.key(), request.names());
        return new IssuedCertificate(
                Pem.write(List.of(leaf, root)),
                leaf.getSerialNumber().toString(16),
                leaf.getNotBefore().toInstant(),
                leaf.getNotAfter().toInstant());
    }

    X509Certificate root() {
        return root;
    }

    X509Certificate leaf(SubjectPublicKeyInfo subject, List<String> names) {
        return CertificateMaker.leaf(subject, names, root, key, clock.instant(), LEAF_VALIDITY);
    }

    /** Whether clients that honour the root's name constraints would accept this name of it. */
    boolean mayVouchFor(String name) {
        return RootConstraints.of(root).permits(name);
    }

    private static KeyMaterials.Fresh makeRoot(PermittedNames names, Clock clock) {
        KeyPair pair = CertificateMaker.keyPair();
        X509Certificate root = CertificateMaker.root(pair, names, clock.instant(), ROOT_VALIDITY);
        return new KeyMaterials.Fresh(
                Pem.write(List.of(root)),
                pair.getPrivate().getEncoded(),
                root.getNotAfter().toInstant());
    }

    static PrivateKey privateKey(byte[] encoded) {
        try {
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("The authority's key is not a P-256 key", failure);
        }
    }
}
