package dev.escale.control.account;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Gives a session another id at the first request after what its person may do, or how they get in,
 * has changed. The old one is kept as retired: whoever brings it afterwards ends the session
 * ({@link SessionCopies}), so that a thief who is first gains it until its owner comes, and no
 * longer. One who asks from elsewhere gains nothing.
 */
@Component
final class SessionRenewal implements HandlerInterceptor {
    /** Session attribute: the mark of its person when the session got its id. */
    static final String MARK = "escale.mark";

    private final Persons persons;
    private final RetiredSessionIds retired;
    private final SessionCopies copies;
    private final SessionPlace place;

    SessionRenewal(
            Persons persons, RetiredSessionIds retired, SessionCopies copies, SessionPlace place) {
        this.persons = persons;
        this.retired = retired;
        this.copies = copies;
        this.place = place;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        HttpSession session = request.getSession(false);
        if (session == null
                || request.getDispatcherType() != DispatcherType.REQUEST
                || !(SecurityContextHolder.getContext().getAuthentication()
                        instanceof SignedIn signedIn)) {
            return true;
        }
        String person = signedIn.getPrincipal();
        String mark = persons.sessionMark(person);
        if (mark.equals(session.getAttribute(MARK))) {
            return true;
        }
        if (place.isElsewhere(session, request)) {
            end(request, response, session, person);
            return false;
        }
        renew(request, session, person, mark);
        return true;
    }

    private void renew(
            HttpServletRequest request, HttpSession session, String person, String mark) {
        retired.retire(session.getId(), person, Sessions.own(session), place.mark(request));
        session.setAttribute(MARK, mark);
        SessionIds.following(mark, request::changeSessionId);
    }

    private void end(
            HttpServletRequest request,
            HttpServletResponse response,
            HttpSession session,
            String person)
            throws IOException {
        copies.elsewhere(request, person, Sessions.own(session));
        session.invalidate();
        SecurityContextHolder.clearContext();
        new ToLogin()
                .commence(
                        request,
                        response,
                        new InsufficientAuthenticationException("asked for from elsewhere"));
    }
}
