package dev.escale.control.authority;

/** The authority does not sign this. */
public final class CertificateRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CertificateRefused(String reason) {
        super(reason);
    }
}
