package dev.escale.control.web.stream;

import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.RateLimit;
import dev.escale.control.web.Page;
import dev.escale.control.web.PageMaker;
import dev.escale.control.web.Visitor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.server.HandshakeInterceptor;

/** Opens for a session only, and remembers who reads in which language. */
final class StreamHandshake implements HandshakeInterceptor {
    private static final String PAGE = StreamHandshake.class.getName() + ".page";
    private static final String SESSION = StreamHandshake.class.getName() + ".session";

    private final PageMaker pages;
    private final RateLimit openings;

    StreamHandshake(PageMaker pages, RateLimit openings) {
        this.pages = pages;
        this.openings = openings;
    }

    static Page page(WebSocketSession socket) {
        return (Page) Objects.requireNonNull(socket.getAttributes().get(PAGE));
    }

    static String sessionId(WebSocketSession socket) {
        return (String) Objects.requireNonNull(socket.getAttributes().get(SESSION));
    }

    @Override
    public boolean beforeHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            Map<String, Object> attributes) {
        HttpServletRequest servlet = ((ServletServerHttpRequest) request).getServletRequest();
        HttpSession session = servlet.getSession(false);
        Optional<Visitor> visitor = visitor(servlet);
        if (session == null || visitor.isEmpty()) {
            response.setStatusCode(HttpStatus.UNAUTHORIZED);
            return false;
        }
        Duration wait = openings.take(visitor.get().actor().id());
        if (!wait.isZero()) {
            response.setStatusCode(HttpStatus.TOO_MANY_REQUESTS);
            response.getHeaders()
                    .set("Retry-After", RateLimit.problem(wait).facts().get("seconds"));
            return false;
        }
        attributes.put(PAGE, pages.of(servlet, visitor.get()));
        attributes.put(SESSION, session.getId());
        return true;
    }

    @Override
    public void afterHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            @Nullable Exception failure) {}

    private Optional<Visitor> visitor(HttpServletRequest request) {
        try {
            return pages.visitors().of(request);
        } catch (ProblemException otherTeam) {
            return Optional.empty();
        }
    }
}
