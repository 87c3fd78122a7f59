package dev.escale.control.authority;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** Texts of certificates, keys and requests (RFC 7468). */
final class Pem {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    static String write(List<X509Certificate> certificates) {
        var text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            text.append("-----BEGIN CERTIFICATE-----\n")
                    .append(LINES.encodeToString(encoded(certificate)))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return text.toString();
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateException failure) {
            throw new IllegalStateException("A certificate does not encode", failure);
        }
    }

    /**
     * @throws IllegalArgumentException when there is none, or something else
     */
    static List<X509Certificate> certificates(String pem) {
        try {
            var found =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(
                                    new ByteArrayInputStream(
                                            pem.getBytes(StandardCharsets.US_ASCII)))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (found.isEmpty()) {
                throw new IllegalArgumentException("there is no certificate in it");
            }
            return found;
        } catch (CertificateException failure) {
            throw new IllegalArgumentException("it is not a certificate in PEM", failure);
        }
    }

    /**
     * @throws IllegalArgumentException when it is not a private key, or has a password
     */
    static PrivateKey privateKey(String pem) {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
            Object first = parser.readObject();
            Object key =
                    first instanceof org.bouncycastle.asn1.ASN1ObjectIdentifier
                            ? parser.readObject()
                            : first;
            return switch (key) {
                case PrivateKeyInfo pkcs8 -> converter.getPrivateKey(pkcs8);
                case PEMKeyPair pair -> converter.getKeyPair(pair).getPrivate();
                case null, default ->
                        throw new IllegalArgumentException(
                                "it is not a private key without password in PEM");
            };
        } catch (IOException failure) {
            throw new IllegalArgumentException("it is not a private key in PEM", failure);
        }
    }

    /**
     * @throws CertificateRefused when it is not a request
     */
    static PKCS10CertificationRequest request(String pem) {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            if (parser.readObject() instanceof PKCS10CertificationRequest request) {
                return request;
            }
        } catch (IOException | RuntimeException malformed) {
            throw new CertificateRefused("not a certificate request: " + malformed.getMessage());
        }
        throw new CertificateRefused("not a certificate request");
    }
}
