package dev.escale.control.web;

import dev.escale.control.operation.Problem;
import dev.escale.control.operation.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Draws the page of a problem. */
final class ErrorPages {
    private final PageMaker maker;
    private final Views views;

    ErrorPages(PageMaker maker, Views views) {
        this.maker = maker;
        this.views = views;
    }

    static Problem failed() {
        return Problem.of(500, "page.failed");
    }

    void send(HttpServletRequest request, HttpServletResponse response, Problem problem)
            throws IOException {
        Page page = maker.of(request, visitor(request));
        views.send(problem.status(), page, "error/problem", response, "problem", problem);
    }

    /** Asks nothing of the database, not even who reads. */
    void sendToAnybody(HttpServletRequest request, HttpServletResponse response, Problem problem)
            throws IOException {
        Page page = maker.of(request, null);
        views.send(problem.status(), page, "error/problem", response, "problem", problem);
    }

    /** The path may name a team that is not the reader's: then the page is that of a stranger. */
    private @Nullable Visitor visitor(HttpServletRequest request) {
        try {
            return maker.visitors().of(request).orElse(null);
        } catch (ProblemException unknownTeam) {
            return null;
        }
    }
}
