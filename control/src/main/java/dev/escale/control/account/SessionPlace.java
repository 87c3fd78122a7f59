package dev.escale.control.account;

import dev.escale.control.operation.Origins;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.springframework.stereotype.Component;

/** Where a request comes from, as far as it tells one holder of a session's id from another. */
@Component
class SessionPlace {
    private final Origins origins;

    SessionPlace(Origins origins) {
        this.origins = origins;
    }

    /** The same for the tabs of one browser. */
    String mark(HttpServletRequest request) {
        return TokenText.hash(origins.network(request) + "\n" + browser(request));
    }

    /**
     * Whether neither the network nor the kind of browser is that in which the session began. One
     * of both changes for whoever travels, or comes home to another address.
     */
    boolean isElsewhere(HttpSession session, HttpServletRequest request) {
        String address = String.valueOf(session.getAttribute(SessionStart.ADDRESS));
        String began = String.valueOf(session.getAttribute(SessionStart.BROWSER));
        return !Origins.network(address).equals(origins.network(request))
                && !SessionRow.browser(began).equals(SessionRow.browser(browser(request)));
    }

    private static String browser(HttpServletRequest request) {
        return String.valueOf(request.getHeader("User-Agent"));
    }
}
