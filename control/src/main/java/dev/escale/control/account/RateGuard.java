package dev.escale.control.account;

import dev.escale.control.operation.Actor;
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

/**
 * Bounds how often the same person or address may do what is costly or could be guessing. What goes
 * beyond is answered 429, with {@code Retry-After}.
 */
final class RateGuard implements HandlerInterceptor {
    /** Links that let somebody in, by address. */
    static final int ENTRIES_PER_MINUTE = 60;

    /** What makes credentials, or asks a server, by person. */
    static final int COSTLY_PER_MINUTE = 240;

    private static final Pattern ENTRY = Pattern.compile("/(login|invitations)(/.*)?");
    private static final Pattern COSTLY =
            Pattern.compile(
                    "/api/v1/(tokens|teams(/[^/]+/invitations)?|servers(/.*)?|plans/.*"
                        + "|apps/[^/]+|apps/[^/]+/(deployments|rollback|actions))"
                        + "|/[^/]+/(account/tokens|account/identities/.*|team/invitations|teams|servers(/.*)?"
                        + "|apps/[^/]+/(deploy|rollback|start|stop|restart|remove))");

    private final Function<HttpServletRequest, Optional<Actor>> actors;
    private final Function<HttpServletRequest, String> addresses;
    private final RateLimit entries;
    private final RateLimit costly;

    RateGuard(
            Function<HttpServletRequest, Optional<Actor>> actors,
            Function<HttpServletRequest, String> addresses,
            Clock clock) {
        this.actors = actors;
        this.addresses = addresses;
        this.entries = new RateLimit(ENTRIES_PER_MINUTE, clock);
        this.costly = new RateLimit(COSTLY_PER_MINUTE, clock);
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() != DispatcherType.REQUEST) {
            return true;
        }
        String path = request.getRequestURI();
        boolean changes = !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
        if (ENTRY.matcher(path).matches() && (changes || path.indexOf('/', 1) > 0)) {
            refuseIfTooMany(response, entries.take(addresses.apply(request)));
        } else if (changes && COSTLY.matcher(path).matches()) {
            String who =
                    actors.apply(request)
                            .map(actor -> actor.type() + ":" + actor.id())
                            .orElseGet(() -> addresses.apply(request));
            refuseIfTooMany(response, costly.take(who));
        }
        return true;
    }

    private static void refuseIfTooMany(HttpServletResponse response, Duration wait) {
        if (!wait.isZero()) {
            long seconds = Math.max(1, wait.toSeconds() + (wait.toMillisPart() > 0 ? 1 : 0));
            response.setHeader("Retry-After", Long.toString(seconds));
            throw ProblemException.of(429, "request.tooMany", "seconds", Long.toString(seconds));
        }
    }
}
