package dev.escale.control.authority;

import dev.escale.control.ControlConfig;
import dev.escale.control.ControlConfig.TlsFiles;
import dev.escale.control.StartRefused;
import dev.escale.control.secret.KeyMaterials;
import dev.escale.control.secret.WrappedKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jspecify.annotations.Nullable;

/**
 * What the control plane shows at its TLS port: a leaf of the local authority, its key wrapped in
 * the database, or files from elsewhere.
 */
final class ServerCertificate {
    /** Renewed with this much left, so that a week without a working clock does no harm. */
    static final Duration RENEWAL = Duration.ofDays(30);

    private static final String PURPOSE = "tls";

    static final char[] PASSWORD = "memory".toCharArray();

    private final String host;
    private final @Nullable TlsFiles files;
    private final Authority authority;
    private final KeyMaterials keys;
    private final Clock clock;

    /**
     * @param files from elsewhere; null for a leaf of the local authority
     */
    ServerCertificate(
            ControlConfig config,
            @Nullable TlsFiles files,
            Authority authority,
            KeyMaterials keys,
            Clock clock) {
        this.host = config.publicUrl().getHost();
        this.files = files;
        this.authority = authority;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * @throws StartRefused when there can be none for the public address
     */
    KeyStore load() {
        return files == null ? local() : files(files);
    }

    /** Whether what was loaded must be loaded anew. */
    boolean isDue(KeyStore loaded) {
        return files == null ? endsSoon(loaded) : differs(loaded, files);
    }

    /** The one from before, as long as it serves: making one costs time at every start. */
    private KeyStore local() {
        return keys.newest(PURPOSE)
                .map(ServerCertificate::keyStore)
                .filter(stored -> !endsSoon(stored) && isFor(leaf(stored), host))
                .orElseGet(() -> keyStore(make(host)));
    }

    private WrappedKey make(String host) {
        if (!authority.mayVouchFor(host)) {
            throw new StartRefused(
                    ("The local authority was made for another address and may not vouch for %s;"
                                    + " set ESCALE_TLS_CERT and ESCALE_TLS_KEY, or go back to the"
                                    + " former ESCALE_PUBLIC_URL.")
                            .formatted(host));
        }
        Set<String> names = new LinkedHashSet<>(List.of(host));
        names.addAll(List.of("localhost", "127.0.0.1", "::1"));
        KeyPair pair = CertificateMaker.keyPair();
        X509Certificate leaf =
                authority.leaf(
                        SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()),
                        List.copyOf(names));
        keys.all(PURPOSE).forEach(old -> keys.retire(old.id()));
        return keys.add(
                PURPOSE,
                new KeyMaterials.Fresh(
                        Pem.write(List.of(leaf, authority.root())),
                        pair.getPrivate().getEncoded(),
                        leaf.getNotAfter().toInstant()));
    }

    private static KeyStore keyStore(WrappedKey stored) {
        return keyStore(
                Authority.privateKey(stored.privatePart()), Pem.certificates(stored.publicPart()));
    }

    private static boolean isFor(X509Certificate leaf, String host) {
        try {
            return leaf.getSubjectAlternativeNames().stream()
                    .anyMatch(name -> host.equalsIgnoreCase(String.valueOf(name.get(1))));
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    private static KeyStore files(TlsFiles files) {
        List<X509Certificate> chain = certificates(files.certificate());
        PrivateKey key = key(files.key());
        if (!belongTogether(key, chain.getFirst())) {
            throw new StartRefused(
                    "ESCALE_TLS_KEY is not the key of the first certificate in ESCALE_TLS_CERT.");
        }
        return keyStore(key, chain);
    }

    private static List<X509Certificate> certificates(Path file) {
        try {
            return Pem.certificates(Files.readString(file));
        } catch (IOException | IllegalArgumentException failure) {
            throw unusable("ESCALE_TLS_CERT", file, failure);
        }
    }

    private static PrivateKey key(Path file) {
        try {
            return Pem.privateKey(Files.readString(file));
        } catch (IOException | IllegalArgumentException failure) {
            throw unusable("ESCALE_TLS_KEY", file, failure);
        }
    }

    private static StartRefused unusable(String setting, Path file, Exception failure) {
        return new StartRefused(
                "%s cannot be used: %s: %s.".formatted(setting, file, failure.getMessage()),
                failure);
    }

    private static boolean belongTogether(PrivateKey key, X509Certificate certificate) {
        String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        try {
            Signature signature =
                    Signature.getInstance(
                            key.getAlgorithm().startsWith("Ed") ? "EdDSA" : algorithm);
            signature.initSign(key);
            signature.update(certificate.getSignature());
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(certificate.getSignature());
            return signature.verify(signed);
        } catch (GeneralSecurityException otherAlgorithm) {
            return false;
        }
    }

    private boolean endsSoon(KeyStore loaded) {
        return leaf(loaded).getNotAfter().toInstant().isBefore(clock.instant().plus(RENEWAL));
    }

    private static boolean differs(KeyStore loaded, TlsFiles files) {
        return !leaf(loaded).equals(certificates(files.certificate()).getFirst());
    }

    static X509Certificate leaf(KeyStore loaded) {
        try {
            return (X509Certificate) loaded.getCertificate("server");
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static KeyStore keyStore(PrivateKey key, List<X509Certificate> chain) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, PASSWORD);
            store.setKeyEntry("server", key, PASSWORD, chain.toArray(Certificate[]::new));
            return store;
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException("A key store in memory cannot be made", failure);
        }
    }
}
