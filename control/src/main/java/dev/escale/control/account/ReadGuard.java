package dev.escale.control.account;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Reads;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.web.servlet.HandlerInterceptor;

/** Stands before every controller: whoever reads must have the permission to read that. */
final class ReadGuard implements HandlerInterceptor {
    private static final Set<String> READING = Set.of("GET", "HEAD");

    /** First parts of addresses under which there is nothing of a team. */
    private static final Set<String> OPEN =
            Set.of("assets", "login", "invitations", "agent", "git");

    private final Function<HttpServletRequest, Optional<Actor>> actors;

    /**
     * @param actors empty for what is open to everybody; security has kept strangers from the rest
     */
    ReadGuard(Function<HttpServletRequest, Optional<Actor>> actors) {
        this.actors = actors;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        String path = request.getRequestURI();
        boolean ours =
                request.getDispatcherType() == DispatcherType.REQUEST
                        && READING.contains(request.getMethod())
                        && !OPEN.contains(first(path));
        if (ours) {
            actors.apply(request).ifPresent(actor -> Reads.checkPath(actor, path));
        }
        return true;
    }

    /** Whole: a team may be called {@code login-desk}. */
    private static String first(String path) {
        return path.split("/", 3)[1];
    }
}
