package dev.escale.control.api;

import dev.escale.control.language.Messages;
import dev.escale.control.operation.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/** Answers a request with a problem document in the language it asks for. */
public final class ProblemWriter {
    /** After what is counted by the minute. */
    private static final String RETRY_SECONDS = "60";

    private final Messages messages;
    private final JsonMapper json;

    ProblemWriter(Messages messages, JsonMapper json) {
        this.messages = messages;
        this.json = json;
    }

    public void write(HttpServletRequest request, HttpServletResponse response, Problem problem)
            throws IOException {
        var locale = Messages.supported(request.getLocale());
        byte[] body = json.writeValueAsBytes(ProblemDocument.of(problem, messages, locale));
        response.setStatus(problem.status());
        if (problem.status() == 429) {
            response.setHeader(
                    "Retry-After", problem.facts().getOrDefault("seconds", RETRY_SECONDS));
        }
        response.setContentType("application/problem+json");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Content-Language", locale.getLanguage());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
