package dev.escale.control.authority;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes keys and certificates: EC P-256, SHA-256. Decides nothing. */
final class CertificateMaker {
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final SecureRandom RANDOM = new SecureRandom();

    private CertificateMaker() {}

    static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("This Java has no P-256", failure);
        }
    }

    static X509Certificate root(KeyPair key, PermittedNames names, Instant now, Duration validity) {
        X500Name self = name("Escale local authority " + serial().toString(16).substring(0, 6));
        var info = SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded());
        var builder = builder(self, self, info, now, validity);
        add(builder, Extension.basicConstraints, true, new BasicConstraints(0));
        add(
                builder,
                Extension.keyUsage,
                true,
                new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        add(builder, Extension.nameConstraints, true, names.constraints());
        add(
                builder,
                Extension.subjectKeyIdentifier,
                false,
                identifiers().createSubjectKeyIdentifier(info));
        return sign(builder, key.getPrivate());
    }

    static X509Certificate leaf(
            SubjectPublicKeyInfo key,
            List<String> names,
            X509Certificate root,
            PrivateKey rootKey,
            Instant now,
            Duration validity) {
        var issuer = X500Name.getInstance(root.getSubjectX500Principal().getEncoded());
        var builder = builder(issuer, name(commonName(names)), key, now, validity);
        var rootInfo = SubjectPublicKeyInfo.getInstance(root.getPublicKey().getEncoded());
        var alternatives =
                names.stream().map(PermittedNames::generalName).toArray(GeneralName[]::new);
        add(builder, Extension.basicConstraints, true, new BasicConstraints(false));
        add(builder, Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        add(
                builder,
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        add(builder, Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
        add(
                builder,
                Extension.authorityKeyIdentifier,
                false,
                identifiers().createAuthorityKeyIdentifier(rootInfo));
        add(
                builder,
                Extension.subjectKeyIdentifier,
                false,
                identifiers().createSubjectKeyIdentifier(key));
        return sign(builder, rootKey);
    }

    /** A common name has at most 64 characters (X.520); what counts are the alternative names. */
    private static String commonName(List<String> names) {
        String first = names.getFirst();
        return first.length() <= 64 ? first : "Escale";
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, "Escale")
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer,
            X500Name subject,
            SubjectPublicKeyInfo key,
            Instant now,
            Duration validity) {
        return new X509v3CertificateBuilder(
                issuer,
                serial(),
                Date.from(now.minus(SKEW)),
                Date.from(now.plus(validity)),
                subject,
                key);
    }

    private static BigInteger serial() {
        return new BigInteger(127, RANDOM).setBit(126);
    }

    private static void add(
            X509v3CertificateBuilder builder,
            ASN1ObjectIdentifier extension,
            boolean critical,
            ASN1Object value) {
        try {
            builder.addExtension(extension, critical, value);
        } catch (IOException failure) {
            throw new IllegalStateException("Extension " + extension, failure);
        }
    }

    private static JcaX509ExtensionUtils identifiers() {
        try {
            return new JcaX509ExtensionUtils();
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("This Java has no SHA-1 for key identifiers", failure);
        }
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key) {
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (OperatorCreationException | GeneralSecurityException failure) {
            throw new IllegalStateException("Signing a certificate failed", failure);
        }
    }
}
