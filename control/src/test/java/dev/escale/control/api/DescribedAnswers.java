package dev.escale.control.api;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Holds real answers against the schemas of the OpenAPI document that is served. */
public final class DescribedAnswers {
    private final JsonNode document;

    /**
     * @param document as served
     */
    public DescribedAnswers(JsonNode document) {
        this.document = document;
    }

    /**
     * What of an answer is not as described; a member that nobody describes counts, too.
     *
     * @param path as in the document, with its placeholders
     */
    public List<String> faults(String method, String path, JsonNode answer) {
        JsonNode responses = document.get("paths").get(path).get(method).get("responses");
        var faults = new ArrayList<String>();
        check(
                "$",
                responses.get("2XX").get("content").get("application/json").get("schema"),
                answer,
                faults);
        return faults;
    }

    private void check(String where, JsonNode schema, JsonNode value, List<String> faults) {
        if (schema.has("$ref")) {
            String name = schema.get("$ref").asString().replaceAll(".*/", "");
            check(where, document.get("components").get("schemas").get(name), value, faults);
        } else if (schema.has("oneOf") || schema.has("anyOf")) {
            JsonNode choices = schema.has("oneOf") ? schema.get("oneOf") : schema.get("anyOf");
            List<List<String>> tries = new ArrayList<>();
            for (JsonNode choice : choices) {
                var each = new ArrayList<String>();
                check(where, choice, value, each);
                tries.add(each);
            }
            if (tries.stream().noneMatch(List::isEmpty)) {
                faults.addAll(tries.getFirst());
            }
        } else if (!schema.has("type")) {
            faults.add(where + " is not described");
        } else {
            typed(where, schema, value, faults);
        }
    }

    private void typed(String where, JsonNode schema, JsonNode value, List<String> faults) {
        boolean fits =
                switch (schema.get("type").asString()) {
                    case "object" -> value.isObject();
                    case "array" -> value.isArray();
                    case "string" -> value.isString();
                    case "boolean" -> value.isBoolean();
                    case "integer" -> value.isIntegralNumber();
                    case "number" -> value.isNumber();
                    case "null" -> value.isNull();
                    default -> false;
                };
        if (!fits) {
            faults.add(where + " is no " + schema.get("type").asString() + ": " + value);
        } else if (schema.has("properties")) {
            members(where, schema, value, faults);
        } else if (schema.has("items")) {
            for (int i = 0; i < value.size(); i++) {
                check(where + "[" + i + "]", schema.get("items"), value.get(i), faults);
            }
        } else if (schema.has("enum")
                && !schema.get("enum").toString().contains(value.toString())) {
            faults.add(where + " is not among " + schema.get("enum") + ": " + value);
        }
    }

    private void members(String where, JsonNode schema, JsonNode value, List<String> faults) {
        JsonNode described = schema.get("properties");
        value.forEachEntry(
                (name, member) -> {
                    if (described.has(name)) {
                        check(where + "." + name, described.get(name), member, faults);
                    } else {
                        faults.add(where + "." + name + " is not described");
                    }
                });
        if (schema.has("required")) {
            for (JsonNode name : schema.get("required")) {
                if (!value.has(name.asString())) {
                    faults.add(where + "." + name.asString() + " is missing");
                }
            }
        }
    }
}
