package dev.escale.control.account;

import dev.escale.control.api.ProblemWriter;
import dev.escale.control.language.Messages;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Origins;
import dev.escale.control.operation.RateLimit;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * {@code Authorization: Bearer esc_…} (RFC 6750). An address that tries many tokens which are none
 * waits, and the database is asked for nothing that it brings meanwhile; only a token that was used
 * before, and is valid, is let through.
 */
final class BearerFilter extends OncePerRequestFilter {
    private static final String SCHEME = "bearer ";

    private final TokenAuthentication tokens;
    private final Origins origins;
    private final RateLimit failures;
    private final ProblemWriter problems;

    BearerFilter(
            TokenAuthentication tokens,
            Origins origins,
            RateLimit failures,
            ProblemWriter problems) {
        this.tokens = tokens;
        this.origins = origins;
        this.failures = failures;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> token = token(request);
        String address = origins.network(request);
        Duration wait =
                token.filter(text -> !tokens.remembers(text))
                        .map(_ -> failures.look(address))
                        .orElse(Duration.ZERO);
        Optional<Actor> actor =
                wait.isZero() ? token.flatMap(text -> actor(text, request)) : Optional.empty();
        if (wait.isZero() && token.isPresent() && actor.isEmpty()) {
            wait = failures.take(address);
        }
        if (!wait.isZero()) {
            problems.write(request, response, RateLimit.problem(wait));
            return;
        }
        actor.ifPresent(BearerFilter::remember);
        try {
            chain.doFilter(request, response);
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    private static Optional<String> token(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.empty()
                : Optional.of(header.substring(SCHEME.length()).strip());
    }

    private Optional<Actor> actor(String token, HttpServletRequest request) {
        return tokens.byToken(
                token,
                origins.of(request, Origins.api(request)),
                Messages.supported(request.getLocale()));
    }

    private static void remember(Actor actor) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new ActorAuthentication(actor));
        SecurityContextHolder.setContext(context);
    }
}
