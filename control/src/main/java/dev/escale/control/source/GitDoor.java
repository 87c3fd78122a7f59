package dev.escale.control.source;

import dev.escale.control.language.Messages;
import dev.escale.control.operation.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Stands before the Git servlet. Refusals are plain text, which git shows to its user as lines that
 * begin with {@code remote:}.
 */
final class GitDoor extends HttpFilter {
    @Serial private static final long serialVersionUID = 1L;

    private final transient GitAccess access;
    private final transient Messages messages;

    GitDoor(GitAccess access, Messages messages) {
        this.access = access;
        this.messages = messages;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        switch (access.check(request)) {
            case GitAccess.Answer.WhoAreYou() -> askWho(request, response);
            case GitAccess.Answer.Refused(Problem problem) -> refuse(request, response, problem);
            case GitAccess.Answer.Granted(Access granted) -> {
                granted.put(request);
                chain.doFilter(request, new WatchedResponse(request, response));
            }
        }
    }

    private void askWho(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader("WWW-Authenticate", "Basic realm=\"Escale\", charset=\"UTF-8\"");
        refuse(request, response, Problem.of(401, "git.unauthenticated"));
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, Problem problem)
            throws IOException {
        Locale locale = Messages.supported(request.getLocale());
        String key = "problem." + problem.code();
        String hint = messages.find(locale, key + ".hint", problem.facts()).orElse("");
        String text = messages.text(locale, key, problem.facts()) + "\n" + hint;
        byte[] body = (text.strip() + "\n").getBytes(StandardCharsets.UTF_8);
        response.setStatus(problem.status());
        if (problem.facts().containsKey("seconds")) {
            response.setHeader("Retry-After", problem.facts().get("seconds"));
        }
        response.setContentType("text/plain; charset=utf-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
