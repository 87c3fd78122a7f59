package dev.escale.control.api;

import dev.escale.control.db.Ids;
import dev.escale.control.operation.Fault;
import dev.escale.control.operation.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What Spring says about a request that reached no controller, or broke one, as a problem. */
final class RequestFailures {
    private static final Logger LOG = LoggerFactory.getLogger(RequestFailures.class);

    private RequestFailures() {}

    static Problem problem(HttpServletRequest request, Exception failure) {
        return switch (failure) {
            case HttpMessageNotReadableException unreadable -> unreadable(unreadable);
            case HttpMediaTypeNotSupportedException type ->
                    Problem.of(
                            415,
                            "request.mediaType",
                            "type",
                            String.valueOf(type.getContentType()));
            case HttpMediaTypeNotAcceptableException type ->
                    Problem.of(406, "request.notAcceptable");
            case HttpRequestMethodNotSupportedException method ->
                    Problem.of(
                            405,
                            "request.method",
                            "method",
                            method.getMethod(),
                            "offered",
                            String.join(", ", offered(method)));
            case NoHandlerFoundException nothing -> unknownPath(request);
            case NoResourceFoundException nothing -> unknownPath(request);
            case MissingServletRequestParameterException missing ->
                    Problem.invalid(
                            List.of(Fault.of(missing.getParameterName(), "input.required")));
            case MethodArgumentTypeMismatchException mismatch ->
                    Problem.invalid(
                            List.of(wrongType(mismatch.getName(), mismatch.getRequiredType())));
            case ServletRequestBindingException binding ->
                    Problem.of(
                            400, "input.malformed", "reason", String.valueOf(binding.getMessage()));
            default -> failed(request, failure);
        };
    }

    static List<String> offered(HttpRequestMethodNotSupportedException failure) {
        String[] methods = failure.getSupportedMethods();
        return methods == null ? List.of() : Arrays.stream(methods).sorted().toList();
    }

    private static Problem unreadable(HttpMessageNotReadableException unreadable) {
        RequestTooLarge tooLarge = cause(unreadable, RequestTooLarge.class);
        if (tooLarge != null) {
            return tooLarge.problem();
        }
        UnrecognizedPropertyException unknown =
                cause(unreadable, UnrecognizedPropertyException.class);
        if (unknown != null) {
            return Problem.invalid(List.of(unknownField(unknown)));
        }
        MismatchedInputException mismatch = cause(unreadable, MismatchedInputException.class);
        if (mismatch != null && !mismatch.getPath().isEmpty()) {
            return Problem.invalid(List.of(wrongType(path(mismatch), mismatch.getTargetType())));
        }
        JacksonException syntax = cause(unreadable, JacksonException.class);
        return Problem.of(400, "input.malformed", "reason", reason(syntax));
    }

    private static String reason(@Nullable JacksonException syntax) {
        if (syntax == null) {
            return "the body is missing";
        }
        var location = syntax.getLocation();
        return location == null
                ? "not the expected structure"
                : "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }

    private static String path(MismatchedInputException mismatch) {
        return mismatch.getPath().stream()
                .map(
                        step ->
                                step.getPropertyName() == null
                                        ? Integer.toString(step.getIndex())
                                        : step.getPropertyName())
                .collect(Collectors.joining("."));
    }

    private static Fault unknownField(UnrecognizedPropertyException unknown) {
        String known =
                unknown.getKnownPropertyIds().stream()
                        .map(String::valueOf)
                        .sorted()
                        .collect(Collectors.joining(", "));
        return Fault.of(path(unknown), "input.unknown", "known", known);
    }

    private static Fault wrongType(String field, @Nullable Class<?> wanted) {
        String name = wanted == null ? "value" : wanted.getSimpleName();
        return Fault.of(field, "input.type", "wanted", name.toLowerCase(Locale.ROOT));
    }

    private static Problem unknownPath(HttpServletRequest request) {
        return Problem.of(404, "request.unknownPath", "path", request.getRequestURI());
    }

    private static Problem failed(HttpServletRequest request, Exception failure) {
        String reference = Ids.random("err");
        LOG.atError()
                .setCause(failure)
                .addKeyValue("reference", reference)
                .addKeyValue("method", request.getMethod())
                .addKeyValue("path", request.getRequestURI())
                .log("request failed");
        return Problem.of(500, "request.failed", "reference", reference);
    }

    private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
