package dev.escale.control.provider;

/**
 * Somebody whom a provider has just told us about.
 *
 * @param issuer address of the provider: the same number is somebody else at another one
 */
public record Identified(
        Provider provider, String issuer, ProviderAccount account, ProviderToken token) {}
