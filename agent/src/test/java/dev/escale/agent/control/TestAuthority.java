package dev.escale.agent.control;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A root of its own and a certificate under it. */
public final class TestAuthority {
    private static final X500Principal ROOT = new X500Principal("CN=Escale test root");

    private final KeyPair rootKey = pair();
    private final X509Certificate root;

    public TestAuthority() {
        root = certificate(ROOT, rootKey, null);
    }

    public String fingerprint() {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(root.getEncoded()));
        } catch (GeneralSecurityException failure) {
            throw new AssertionError(failure);
        }
    }

    X509Certificate root() {
        return root;
    }

    /** A server's context whose certificate is for this name. */
    SSLContext context(String name) {
        KeyPair key = pair();
        X509Certificate leaf = certificate(new X500Principal("CN=" + name), key, name);
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            PrivateKey secret = key.getPrivate();
            store.setKeyEntry("server", secret, new char[0], new Certificate[] {leaf, root});
            var keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, new char[0]);
            var context = SSLContext.getInstance("TLSv1.3");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private X509Certificate certificate(
            X500Principal subject, KeyPair key, @org.jspecify.annotations.Nullable String name) {
        Instant now = Instant.now();
        try {
            var builder =
                    new JcaX509v3CertificateBuilder(
                            ROOT,
                            BigInteger.valueOf(System.nanoTime()),
                            Date.from(now.minus(Duration.ofHours(1))),
                            Date.from(now.plus(Duration.ofDays(1))),
                            subject,
                            key.getPublic());
            builder.addExtension(
                    Extension.basicConstraints, true, new BasicConstraints(name == null));
            if (name != null) {
                var names = new GeneralNames(new GeneralName(GeneralName.dNSName, name));
                builder.addExtension(Extension.subjectAlternativeName, false, names);
            }
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(rootKey.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (IOException | GeneralSecurityException | OperatorCreationException failure) {
            throw new AssertionError(failure);
        }
    }

    private static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException failure) {
            throw new AssertionError(failure);
        }
    }
}
