package dev.escale.control.account;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.web.filter.OncePerRequestFilter;

/** Ends a session that is too old, however often it is used: whoever it is signs in again. */
final class SessionAge extends OncePerRequestFilter {
    static final Duration LIMIT = Duration.ofDays(90);

    /** Session attribute: when its person signed in, in milliseconds since 1970 UTC. */
    static final String SINCE = "escale.since";

    private final Clock clock;

    SessionAge(Clock clock) {
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpSession session = request.getSession(false);
        if (session != null
                && session.getAttribute(SINCE) instanceof Long since
                && Instant.ofEpochMilli(since).plus(LIMIT).isBefore(clock.instant())) {
            session.invalidate();
        }
        chain.doFilter(request, response);
    }
}
