package dev.escale.control.account;

import dev.escale.control.language.Messages;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Origins;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** {@code Authorization: Bearer esc_…} (RFC 6750). */
final class BearerFilter extends OncePerRequestFilter {
    private static final String SCHEME = "bearer ";

    private final TokenAuthentication tokens;
    private final Origins origins;

    BearerFilter(TokenAuthentication tokens, Origins origins) {
        this.tokens = tokens;
        this.origins = origins;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        actor(request).ifPresent(BearerFilter::remember);
        try {
            chain.doFilter(request, response);
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    private Optional<Actor> actor(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        return tokens.byToken(
                header.substring(SCHEME.length()).strip(),
                origins.of(request, Origins.api(request)),
                Messages.supported(request.getLocale()));
    }

    private static void remember(Actor actor) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new ActorAuthentication(actor));
        SecurityContextHolder.setContext(context);
    }
}
