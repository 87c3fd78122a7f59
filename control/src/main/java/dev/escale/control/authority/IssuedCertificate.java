package dev.escale.control.authority;

import java.time.Instant;

/**
 * @param chain PEM, leaf first, then the root
 * @param serial hexadecimal
 */
public record IssuedCertificate(String chain, String serial, Instant notBefore, Instant notAfter) {}
