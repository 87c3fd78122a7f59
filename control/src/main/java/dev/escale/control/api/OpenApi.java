package dev.escale.control.api;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.core.ResolvableType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.ValueSerializer;

/**
 * REST described by itself: OpenAPI 3.1 made from the controllers and their records, when it is
 * first asked for.
 */
@RestController
class OpenApi {
    static final String PATH = "/api/v1/openapi.json";

    private final ObjectProvider<RequestMappingHandlerMapping> mappings;
    private final ObjectProvider<ValueSerializer<?>> serializers;
    private final String version;
    private volatile Map<String, Object> document = Map.of();

    OpenApi(
            ObjectProvider<RequestMappingHandlerMapping> mappings,
            ObjectProvider<ValueSerializer<?>> serializers,
            ObjectProvider<BuildProperties> build) {
        this.mappings = mappings;
        this.serializers = serializers;
        this.version = build.stream().map(BuildProperties::getVersion).findFirst().orElse("dev");
    }

    @GetMapping(PATH)
    Map<String, Object> document() {
        if (document.isEmpty()) {
            document = make();
        }
        return document;
    }

    private Map<String, Object> make() {
        Schemas schemas = new Schemas(shown());
        Map<String, Map<String, Object>> paths = new TreeMap<>();
        mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .forEach(entry -> add(paths, schemas, entry.getKey(), entry.getValue()));
        Map<String, Object> made = new LinkedHashMap<>();
        made.put("openapi", "3.1.0");
        made.put("info", Map.of("title", "Escale", "version", version));
        made.put("security", List.of(Map.of("token", List.of())));
        made.put("paths", paths);
        made.put(
                "components",
                Map.of(
                        "schemas",
                        schemas.all(),
                        "securitySchemes",
                        Map.of("token", Map.of("type", "http", "scheme", "bearer"))));
        return made;
    }

    private Map<Class<?>, Class<? extends Record>> shown() {
        Map<Class<?>, Class<? extends Record>> shown = new HashMap<>();
        serializers.forEach(
                serializer -> {
                    ShownAs as = serializer.getClass().getAnnotation(ShownAs.class);
                    if (as != null) {
                        ResolvableType type =
                                ResolvableType.forClass(
                                        ValueSerializer.class, serializer.getClass());
                        shown.put(type.getGeneric(0).toClass(), as.value());
                    }
                });
        return shown;
    }

    private static void add(
            Map<String, Map<String, Object>> paths,
            Schemas schemas,
            RequestMappingInfo mapping,
            HandlerMethod handler) {
        for (String path : mapping.getPatternValues()) {
            if (path.startsWith("/api/v1/") && !path.equals(PATH)) {
                var methods = paths.computeIfAbsent(path, any -> new TreeMap<>());
                for (RequestMethod method : mapping.getMethodsCondition().getMethods()) {
                    methods.put(
                            method.name().toLowerCase(Locale.ROOT),
                            new OpenApiOperation(handler, schemas).describe(path));
                }
            }
        }
    }
}
