package dev.escale.control.api;

import dev.escale.control.db.DatabaseTrouble;
import dev.escale.control.operation.Problem;
import dev.escale.control.operation.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Turns whatever stops a request below {@code /api} or {@code /agent} into a problem document.
 * Pages have their own way to say it, and so has a database in trouble.
 */
final class ApiProblems implements HandlerExceptionResolver, Ordered {
    private final ProblemWriter writer;

    ApiProblems(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable Object handler,
            Exception failure) {
        if (!concerns(request)
                || response.isCommitted()
                || DatabaseTrouble.of(failure).isPresent()) {
            return null;
        }
        if (failure instanceof HttpRequestMethodNotSupportedException method) {
            response.setHeader(
                    HttpHeaders.ALLOW, String.join(", ", RequestFailures.offered(method)));
        }
        Problem problem =
                failure instanceof ProblemException refused
                        ? refused.problem()
                        : RequestFailures.problem(request, failure);
        try {
            writer.write(request, response, problem);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        return new ModelAndView();
    }

    private static boolean concerns(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.startsWith("/api/") || path.startsWith("/agent/");
    }
}
