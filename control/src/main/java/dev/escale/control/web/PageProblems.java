package dev.escale.control.web;

import dev.escale.control.db.DatabaseTrouble;
import dev.escale.control.operation.Problem;
import dev.escale.control.operation.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Turns what stops the request of a page into a page that says what to do, except trouble of the
 * database, which may stop a request before it comes here: see {@link DatabaseDoor}.
 */
final class PageProblems implements HandlerExceptionResolver, Ordered {
    private static final Logger LOG = LoggerFactory.getLogger(PageProblems.class);

    private final ErrorPages pages;

    PageProblems(ErrorPages pages) {
        this.pages = pages;
    }

    /** After the one for REST, before Spring's own. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE + 10;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable Object handler,
            Exception failure) {
        if (response.isCommitted()
                || isForMachines(request.getRequestURI())
                || DatabaseTrouble.of(failure).isPresent()) {
            return null;
        }
        try {
            if (failure instanceof HttpRequestMethodNotSupportedException
                    && request.getMethod().equals("GET")) {
                response.sendRedirect(above(request.getRequestURI()));
            } else {
                pages.send(request, response, problem(request, failure));
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        return new ModelAndView();
    }

    /**
     * Where the form of an address that takes forms alone stands: for who asks for it again, in
     * another language or by the bar of the browser.
     */
    private static String above(String path) {
        return path.substring(0, Math.max(1, path.lastIndexOf('/')));
    }

    private static boolean isForMachines(String path) {
        return path.startsWith("/api/") || path.startsWith("/git/") || path.startsWith("/agent/");
    }

    private static Problem problem(HttpServletRequest request, Exception failure) {
        return switch (failure) {
            case ProblemException refused -> refused.problem();
            case ErrorResponse response when response.getStatusCode().is4xxClientError() ->
                    Problem.of(
                            response.getStatusCode().value(),
                            "request.unknownPath",
                            "path",
                            request.getRequestURI());
            case TypeMismatchException nonsense ->
                    Problem.of(404, "request.unknownPath", "path", request.getRequestURI());
            default -> {
                LOG.atError()
                        .setCause(failure)
                        .addKeyValue("path", request.getRequestURI())
                        .log("page failed");
                yield ErrorPages.failed();
            }
        };
    }
}
