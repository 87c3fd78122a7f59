package dev.escale.control.account;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Problem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.RateLimit;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.UrlPathHelper;

/**
 * Bounds how often the same person or address may do what is costly or could be guessing. What goes
 * beyond is answered 429, with {@code Retry-After}.
 */
final class RateGuard implements HandlerInterceptor {
    /** Links that let somebody in, by address. */
    static final int ENTRIES_PER_MINUTE = 60;

    /** Files that are open to everybody, by address: a rack of servers may stand behind one. */
    static final int FILES_PER_MINUTE = 240;

    /** What makes credentials, or asks a server, by person. */
    static final int COSTLY_PER_MINUTE = 240;

    /** Whatever else changes something, and what takes long to look up, by person. */
    static final int OTHERS_PER_MINUTE = 1_200;

    /** Links, passkeys, providers and what they send back. */
    private static final Pattern ENTRY = Pattern.compile("/(login|invitations)(/.*)?");

    private static final Pattern COSTLY =
            Pattern.compile(
                    "/api/v1/(tokens|me/identities/.*|teams(/[^/]+(/(invitations(/.*)?|owner|members/[^/]+/sign-in-links))?)?|servers(/.*)?"
                        + "|plans/.*|apps|apps/[^/]+"
                        + "|apps/[^/]+/(deployments|rollback|actions|env|domains)(/.*)?"
                        + "|deployments/.*)"
                        + "|/[^/]+/(account/(tokens|passkeys(/options)?|identities/.*)|team/(members/[^/]+/recover|invitations(/.*)?|remove|transfer)"
                        + "|teams|servers(/.*)?|apps"
                        + "|apps/[^/]+/(deploy|rollback|start|stop|restart|remove"
                        + "|environment|settings)(/.*)?|deployments/.*)");

    /** What everybody may fetch, and is long: the installer and the agent. */
    private static final Pattern OPEN_FILES =
            Pattern.compile("/install\\.sh|/agent/escale-agent-.*");

    /** Asks a server, or goes through many rows or files. */
    private static final Pattern LONG_LOOK =
            Pattern.compile(
                    "/api/v1/(audit(/.*)?|(apps|servers)/[^/]+/(logs|metrics)"
                            + "|deployments/[^/]+/log)"
                            + "|/[^/]+/(activity|(apps|servers)/[^/]+/remove"
                            + "|team/(remove|transfer)|team/members/[^/]+/remove)");

    private final Function<HttpServletRequest, Optional<Actor>> actors;
    private final Function<HttpServletRequest, String> addresses;
    private final RateLimit entries;
    private final RateLimit files;
    private final Function<Actor, String> persons;
    private final RateLimit costly;
    private final RateLimit others;

    /**
     * @param addresses as far as one subscriber has them for themselves
     * @param persons behind tokens, so that having many of them gives nobody more
     * @param times as often as usual
     */
    RateGuard(
            Function<HttpServletRequest, Optional<Actor>> actors,
            Function<Actor, String> persons,
            Function<HttpServletRequest, String> addresses,
            int times,
            Clock clock) {
        this.actors = actors;
        this.persons = persons;
        this.addresses = addresses;
        this.entries = new RateLimit(times * ENTRIES_PER_MINUTE, clock);
        this.files = new RateLimit(times * FILES_PER_MINUTE, clock);
        this.costly = new RateLimit(times * COSTLY_PER_MINUTE, clock);
        this.others = new RateLimit(times * OTHERS_PER_MINUTE, clock);
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() != DispatcherType.REQUEST) {
            return true;
        }
        // decoded, as it was matched to its handler: %6C is an l
        String path = UrlPathHelper.defaultInstance.getPathWithinApplication(request);
        boolean changes = !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
        if (ENTRY.matcher(path).matches() && (changes || path.indexOf('/', 1) > 0)) {
            refuseIfTooMany(response, entries.take(addresses.apply(request)));
        } else if (changes) {
            RateLimit limit = COSTLY.matcher(path).matches() ? costly : others;
            refuseIfTooMany(response, limit.take(who(request)));
        } else if (OPEN_FILES.matcher(path).matches()) {
            refuseIfTooMany(response, files.take(addresses.apply(request)));
        } else if (LONG_LOOK.matcher(path).matches()) {
            refuseIfTooMany(response, others.take(who(request)));
        }
        return true;
    }

    /** Who names a team that is not theirs, or has none, is refused later, and counted here. */
    private String who(HttpServletRequest request) {
        try {
            return actors.apply(request).map(persons).orElseGet(() -> addresses.apply(request));
        } catch (ProblemException refused) {
            return addresses.apply(request);
        }
    }

    /**
     * @param wait zero when it is let through
     */
    private static void refuseIfTooMany(HttpServletResponse response, Duration wait) {
        if (!wait.isZero()) {
            Problem problem = RateLimit.problem(wait);
            response.setHeader("Retry-After", problem.facts().get("seconds"));
            throw new ProblemException(problem);
        }
    }
}
