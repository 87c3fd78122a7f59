package dev.escale.control.account;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Gives a session another id at the first request after what its person may do, or how they get in,
 * has changed. Whoever had a copy of the id is left outside.
 */
final class SessionRenewal implements HandlerInterceptor {
    /** Session attribute: the mark of its person when the session got its id. */
    static final String MARK = "escale.mark";

    private final Persons persons;

    SessionRenewal(Persons persons) {
        this.persons = persons;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        HttpSession session = request.getSession(false);
        if (session != null
                && request.getDispatcherType() == DispatcherType.REQUEST
                && SecurityContextHolder.getContext().getAuthentication()
                        instanceof SignedIn signedIn) {
            renew(request, session, persons.sessionMark(signedIn.getPrincipal()));
        }
        return true;
    }

    private static void renew(HttpServletRequest request, HttpSession session, String mark) {
        if (!mark.equals(session.getAttribute(MARK))) {
            session.setAttribute(MARK, mark);
            SessionIds.following(mark, request::changeSessionId);
        }
    }
}
