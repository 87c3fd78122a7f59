package dev.escale.control.authority;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/** A request whose sender has shown that it holds the key, for exactly these names. */
record SigningRequest(SubjectPublicKeyInfo key, List<String> names) {

    /**
     * @param wanted the names that were ordered
     * @throws CertificateRefused when the request is not signed by its own key, or for other names
     */
    static SigningRequest check(String pem, List<String> wanted) {
        PKCS10CertificationRequest request = Pem.request(pem);
        if (!provesPossession(request)) {
            throw new CertificateRefused("the request is not signed by its own key");
        }
        Set<GeneralName> asked = names(request);
        Set<GeneralName> ordered = new HashSet<>();
        wanted.forEach(name -> ordered.add(PermittedNames.generalName(name)));
        if (ordered.isEmpty() || !asked.equals(ordered)) {
            throw new CertificateRefused(
                    "the request is for %s, not for %s".formatted(asked, wanted));
        }
        return new SigningRequest(request.getSubjectPublicKeyInfo(), List.copyOf(wanted));
    }

    private static boolean provesPossession(PKCS10CertificationRequest request) {
        try {
            var verifier =
                    new JcaContentVerifierProviderBuilder()
                            .build(request.getSubjectPublicKeyInfo());
            return request.isSignatureValid(verifier);
        } catch (OperatorCreationException | PKCSException malformed) {
            throw new CertificateRefused("the request's key: " + malformed.getMessage());
        }
    }

    private static Set<GeneralName> names(PKCS10CertificationRequest request) {
        Extensions extensions = request.getRequestedExtensions();
        GeneralNames names =
                extensions == null
                        ? null
                        : GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
        return names == null ? Set.of() : new HashSet<>(Arrays.asList(names.getNames()));
    }
}
