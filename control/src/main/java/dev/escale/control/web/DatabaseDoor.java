package dev.escale.control.web;

import dev.escale.control.api.ProblemWriter;
import dev.escale.control.db.DatabaseTrouble;
import dev.escale.control.operation.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 503 when the database is in trouble, wherever a request met that: with what is wrong, for
 * machines and for people. What was asked for has not been done, and can be asked again.
 */
final class DatabaseDoor extends OncePerRequestFilter {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseDoor.class);
    private static final String SECONDS = "5";

    private final ErrorPages pages;
    private final ProblemWriter problems;

    DatabaseDoor(ErrorPages pages, ProblemWriter problems) {
        this.pages = pages;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (RuntimeException | ServletException failure) {
            Optional<DatabaseTrouble> trouble = DatabaseTrouble.of(failure);
            if (trouble.isEmpty() || response.isCommitted()) {
                throw failure;
            }
            answer(request, response, trouble.get());
        }
    }

    private void answer(
            HttpServletRequest request, HttpServletResponse response, DatabaseTrouble trouble)
            throws IOException {
        LOG.atWarn()
                .addKeyValue("database", trouble.text())
                .addKeyValue("path", request.getRequestURI())
                .log("request could not be done");
        response.resetBuffer();
        response.setHeader(HttpHeaders.RETRY_AFTER, SECONDS);
        String code = "database." + trouble.text();
        Problem problem = Problem.of(503, code);
        if (isForMachines(request.getRequestURI())) {
            problems.write(request, response, problem);
        } else {
            pages.sendToAnybody(request, response, problem);
        }
    }

    private static boolean isForMachines(String path) {
        return path.startsWith("/api/") || path.startsWith("/git/") || path.startsWith("/agent/");
    }
}
