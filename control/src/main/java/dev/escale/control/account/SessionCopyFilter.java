package dev.escale.control.account;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Tells of session ids that open nothing, before whoever brings one is led to the door. */
final class SessionCopyFilter extends OncePerRequestFilter {
    private final SessionCopies copies;

    SessionCopyFilter(SessionCopies copies) {
        this.copies = copies;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = request.getRequestedSessionId();
        if (id != null && request.getSession(false) == null) {
            copies.brought(id, request);
        }
        chain.doFilter(request, response);
    }
}
