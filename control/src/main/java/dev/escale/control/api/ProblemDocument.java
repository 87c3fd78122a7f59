package dev.escale.control.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.escale.control.language.Messages;
import dev.escale.control.operation.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A problem as RFC 9457 has it, with our extensions.
 *
 * @param code stable; clients branch on it
 * @param hint what to do
 * @param planId the plan that must be confirmed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProblemDocument(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @Nullable String hint,
        @Nullable String planId,
        Map<String, String> facts,
        List<FaultDocument> faults) {

    /**
     * @param message in the reader's language
     */
    public record FaultDocument(
            String field, String code, String message, Map<String, String> facts) {}

    public static ProblemDocument of(Problem problem, Messages messages, Locale locale) {
        String key = "problem." + problem.code();
        String detail = messages.text(locale, key, problem.facts());
        return new ProblemDocument(
                "urn:escale:problem:" + problem.code(),
                detail,
                problem.status(),
                detail,
                problem.code(),
                messages.find(locale, key + ".hint", problem.facts()).orElse(null),
                problem.code().equals("plan.confirmationNeeded")
                        ? problem.facts().get("plan")
                        : null,
                problem.facts(),
                problem.faults().stream()
                        .map(
                                fault ->
                                        new FaultDocument(
                                                fault.field(),
                                                fault.code(),
                                                messages.text(
                                                        locale,
                                                        "problem." + fault.code(),
                                                        fault.facts()),
                                                fault.facts()))
                        .toList());
    }
}
