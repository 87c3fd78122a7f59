package dev.escale.control.account;

import dev.escale.control.ControlConfig;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** What browsers are told to refuse: everything that does not come from us. */
final class SecurityHeaders {
    private static final String CONTENT =
            String.join(
                    "; ",
                    "default-src 'none'",
                    "script-src 'self'",
                    "style-src 'self'",
                    "img-src 'self' data:",
                    "font-src 'self'",
                    "connect-src 'self'",
                    "manifest-src 'self'",
                    "form-action 'self'",
                    "base-uri 'none'",
                    "frame-ancestors 'none'");

    private SecurityHeaders() {}

    static void add(HttpSecurity http, ControlConfig config) throws Exception {
        http.headers(
                headers -> {
                    headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT))
                            .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                            .permissionsPolicyHeader(
                                    policy ->
                                            policy.policy(
                                                    "camera=(), microphone=(), geolocation=(),"
                                                            + " payment=(), usb=()"))
                            .crossOriginOpenerPolicy(
                                    policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                            .crossOriginResourcePolicy(
                                    policy -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                            .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny);
                    strictTransport(headers, config);
                });
    }

    /** Not for the local authority: the header would bind every other port of localhost too. */
    private static void strictTransport(
            HeadersConfigurer<HttpSecurity> headers, ControlConfig config) {
        if (config.tlsFiles() == null) {
            headers.httpStrictTransportSecurity(HeadersConfigurer.HstsConfig::disable);
        } else {
            headers.httpStrictTransportSecurity(strict -> strict.includeSubDomains(false));
        }
    }
}
