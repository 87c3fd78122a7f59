package dev.escale.control.account;

import dev.escale.control.db.Ids;
import dev.escale.control.operation.Origin.Via;
import dev.escale.control.operation.Origins;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/** Begins the session of somebody who has just shown who they are. */
@Component
class SessionStart {
    /** Session attributes that the list of sessions shows. */
    static final String ADDRESS = "escale.address";

    static final String BROWSER = "escale.browser";

    private final SecurityContextRepository contexts;
    private final Persons persons;
    private final Origins origins;
    private final Clock clock;

    SessionStart(
            SecurityContextRepository contexts, Persons persons, Origins origins, Clock clock) {
        this.persons = persons;
        this.clock = clock;
        this.contexts = contexts;
        this.origins = origins;
    }

    /** The session gets a new id, so that one planted before the sign-in is worth nothing. */
    void begin(HttpServletRequest request, HttpServletResponse response, String person) {
        HttpSession session = request.getSession();
        request.changeSessionId();
        session.setMaxInactiveInterval((int) SessionAge.IDLE.toSeconds());
        session.setAttribute(SessionRenewal.MARK, persons.sessionMark(person));
        session.setAttribute(Sessions.SHOWN, Ids.random("ses"));
        session.setAttribute(SessionAge.SINCE, clock.millis());
        session.setAttribute(ADDRESS, String.valueOf(origins.of(request, Via.PAGE).ip()));
        session.setAttribute(BROWSER, String.valueOf(request.getHeader("User-Agent")));
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new SignedIn(person));
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
    }
}
