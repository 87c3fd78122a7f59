package dev.escale.control.authority;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;

/** The name constraints that stand in a root certificate, as a client reads them. */
record RootConstraints(NameConstraints constraints) {

    static RootConstraints of(X509Certificate root) {
        try {
            Extension extension =
                    new JcaX509CertificateHolder(root).getExtension(Extension.nameConstraints);
            return new RootConstraints(NameConstraints.getInstance(extension.getParsedValue()));
        } catch (CertificateEncodingException failure) {
            throw new IllegalStateException("The root does not encode", failure);
        }
    }

    boolean permits(String name) {
        PKIXNameConstraintValidator validator = new PKIXNameConstraintValidator();
        validator.intersectPermittedSubtree(constraints.getPermittedSubtrees());
        try {
            validator.checkPermitted(PermittedNames.generalName(name));
            return true;
        } catch (NameConstraintValidatorException outside) {
            return false;
        }
    }
}
