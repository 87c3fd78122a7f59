package dev.escale.control.api;

import dev.escale.control.operation.Actor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;

/** One method of a controller as an operation object of OpenAPI. */
final class OpenApiOperation {
    private static final DefaultParameterNameDiscoverer NAMES =
            new DefaultParameterNameDiscoverer();

    private final HandlerMethod handler;
    private final Schemas schemas;
    private final List<Map<String, Object>> parameters = new ArrayList<>();
    private @Nullable Map<String, Object> body;
    private boolean bodyRequired;

    OpenApiOperation(HandlerMethod handler, Schemas schemas) {
        this.handler = handler;
        this.schemas = schemas;
        for (MethodParameter parameter : handler.getMethodParameters()) {
            take(parameter);
        }
    }

    Map<String, Object> describe(String path) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("tags", List.of(path.split("/")[3]));
        operation.put("operationId", id());
        operation.put("summary", words(handler.getMethod().getName()));
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        if (body != null) {
            operation.put("requestBody", Map.of("required", bodyRequired, "content", json(body)));
        }
        operation.put("responses", responses());
        return operation;
    }

    private void take(MethodParameter parameter) {
        parameter.initParameterNameDiscovery(NAMES);
        ResolvableType type = ResolvableType.forMethodParameter(parameter);
        RequestBody wanted = parameter.getParameterAnnotation(RequestBody.class);
        if (wanted != null) {
            body = schemas.of(type);
            bodyRequired = wanted.required();
        } else if (parameter.getParameterType() == Actor.class) {
            parameters.add(
                    parameter("query", "team", false, ResolvableType.forClass(String.class)));
        } else if (parameter.hasParameterAnnotation(PathVariable.class)) {
            parameters.add(parameter("path", name(parameter), true, type));
        } else if (parameter.hasParameterAnnotation(RequestParam.class)) {
            parameters.add(parameter("query", name(parameter), isRequired(parameter), type));
        }
    }

    private Map<String, Object> parameter(
            String in, String name, boolean required, ResolvableType type) {
        return Map.of("in", in, "name", name, "required", required, "schema", schemas.of(type));
    }

    private static String name(MethodParameter parameter) {
        RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
        PathVariable path = parameter.getParameterAnnotation(PathVariable.class);
        String given = query != null ? query.value() : path != null ? path.value() : "";
        return given.isEmpty() ? String.valueOf(parameter.getParameterName()) : given;
    }

    private static boolean isRequired(MethodParameter parameter) {
        RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
        return query != null
                && query.required()
                && query.defaultValue().equals(ValueConstants.DEFAULT_NONE)
                && !parameter.isOptional();
    }

    private Map<String, Object> responses() {
        Map<String, Object> responses = new LinkedHashMap<>();
        Answers answers = handler.getMethodAnnotation(Answers.class);
        if (answers == null) {
            responses.put("2XX", answer());
        } else {
            Map<String, Object> plan =
                    schemas.of(ResolvableType.forClass(Answer.PlanDocument.class));
            boolean empty = answers.value() == Void.class;
            if (empty) {
                responses.put("204", Map.of("description", "Done"));
            }
            Map<String, Object> schema =
                    empty
                            ? plan
                            : Map.of(
                                    "oneOf",
                                    List.of(
                                            schemas.of(ResolvableType.forClass(answers.value())),
                                            plan));
            responses.put(
                    "2XX",
                    Map.of(
                            "description",
                            empty ? "What would happen" : "Done, or what would happen",
                            "content",
                            json(schema)));
        }
        responses.put("default", problem());
        return responses;
    }

    private Map<String, Object> answer() {
        ResolvableType type = ResolvableType.forMethodReturnType(handler.getMethod());
        if (ResponseEntity.class.isAssignableFrom(type.toClass())) {
            type = type.getGeneric(0);
        }
        Class<?> raw = type.toClass();
        boolean empty = raw == void.class || raw == Void.class;
        return empty
                ? Map.of("description", "Done")
                : Map.of("description", "Done", "content", json(schemas.of(type)));
    }

    private Map<String, Object> problem() {
        var schema = schemas.of(ResolvableType.forClass(ProblemDocument.class));
        return Map.of(
                "description",
                "Refused or failed",
                "content",
                Map.of("application/problem+json", Map.of("schema", schema)));
    }

    private static Map<String, Object> json(Map<String, Object> schema) {
        return Map.of("application/json", Map.of("schema", schema));
    }

    private String id() {
        Method method = handler.getMethod();
        String feature = handler.getBeanType().getSimpleName().replaceAll("Api$", "");
        return feature.substring(0, 1).toLowerCase(Locale.ROOT)
                + feature.substring(1)
                + "."
                + method.getName();
    }

    private static String words(String camel) {
        String spaced = camel.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
        return Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
    }
}
