package dev.escale.control.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.TestBrowser;
import dev.escale.control.api.SlowClient;
import dev.escale.control.db.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is too long, too large or too often, at every door that Spring knows. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class LimitsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String LONG = "x".repeat(100_000);
    private static final int MANY = 2_000;

    @Parameter TestDatabase.Kind kind;

    private RunningControl control;

    @BeforeEach
    void start() {
        control = RunningControl.start(kind);
    }

    @AfterEach
    void stop() {
        control.close();
    }

    private record Door(RequestMethod method, String pattern, HandlerMethod handler) {}

    /** Read while it is sent, as browsers do: eight of them are passed over before the answer. */
    @Test
    void aBodyOfTenMegabytesIsRefusedEverywhere() throws IOException {
        String eight = " ".repeat(8 << 20);
        List<String> wrong = new ArrayList<>();
        int tried = 0;
        var known = new TreeSet<String>();
        for (Door door : doors()) {
            String path = filled(door.pattern(), "x");
            if (door.method() == RequestMethod.GET || !known.add(path)) {
                continue;
            }
            tried++;
            try (var client = new SlowClient(control)) {
                client.head(door.method() + " " + path, 10 << 20);
                client.body(eight);
                int status = client.status();
                if (status != 413) {
                    wrong.add(door.method() + " " + path + " is " + status);
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(tried).isGreaterThan(50);
    }

    @Test
    void aBodyThatIsALittleTooLongIsReadToItsEndAndRefused() {
        byte[] body = new byte[2 << 20];
        Arrays.fill(body, (byte) ' ');
        HttpRequest.Builder announced =
                control.authorized("/api/v1/tokens")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(body));
        HttpRequest.Builder unannounced =
                control.authorized("/api/v1/tokens")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));

        assertThat(control.send(announced).status()).isEqualTo(413);
        assertThat(control.send(unannounced).status()).isEqualTo(413);
    }

    @Test
    void aBodyWithoutAnEndIsRefusedWhenItHasBecomeTooLong() throws IOException {
        try (var client = new SlowClient(control)) {
            client.headWithoutLength("POST /api/v1/tokens");
            for (int i = 0; i < 9; i++) {
                client.chunk(" ".repeat(1 << 20));
            }
            client.chunk(" ".repeat(32 << 10));

            assertThat(client.status()).isEqualTo(413);
        }
    }

    @Test
    void headersOfAHundredKilobytesAreRefusedEverywhere() {
        for (String path :
                List.of(
                        "/api/v1/me",
                        "/login",
                        "/home/apps",
                        "/git/home/shop.git/info/refs?service=git-upload-pack",
                        "/healthz",
                        "/stream",
                        "/agent/v1/connect",
                        "/install.sh")) {
            assertThat(refused(control.authorized(path).header("X-Long", LONG), 431))
                    .as(path)
                    .isTrue();
        }
    }

    @Test
    void namesAndListsThatAreTooLongAreRefusedByEveryRouteOfRest() {
        JsonNode description = control.get("/api/v1/openapi.json").json();
        List<String> wrong = new ArrayList<>();
        int tried = 0;
        for (var path : description.get("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                JsonNode schema =
                        operation.getValue().at("/requestBody/content/application~1json/schema");
                if (schema.isMissingNode()) {
                    continue;
                }
                tried++;
                Object body = filled(description, schema, 0);
                Answer answer =
                        control.send(
                                operation.getKey().toUpperCase(java.util.Locale.ROOT),
                                filled(path.getKey(), "x"),
                                JSON.writeValueAsString(body));
                if (answer.status() < 400 || answer.status() >= 500) {
                    wrong.add(operation.getKey() + " " + path.getKey() + " " + answer.status());
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(tried).isGreaterThan(12);
    }

    @Test
    void namesThatAreTooLongAreRefusedWhereTheThingIsThereToo() {
        owner("POST", "servers", "{\"name\":\"web-1\"}");
        owner(
                "POST",
                "apps",
                "{\"name\":\"Shop\",\"server\":\"web-1\",\"source\":{\"type\":\"escale\"}}");
        String many =
                "[" + String.join(",", java.util.Collections.nCopies(MANY, "\"app.read\"")) + "]";
        String grants =
                "["
                        + String.join(
                                ",", java.util.Collections.nCopies(MANY, "{\"role\":\"viewer\"}"))
                        + "]";
        Map<String, String> bodies = new LinkedHashMap<>();
        bodies.put("POST servers", "{\"name\":\"%s\"}");
        bodies.put("PATCH servers/web-1", "{\"name\":\"%s\"}");
        bodies.put(
                "POST apps",
                "{\"name\":\"%s\",\"server\":\"web-1\",\"source\":{\"type\":\"escale\"}}");
        bodies.put("PATCH apps/shop", "{\"branch\":\"%s\"}");
        bodies.put("PATCH apps/shop/env", "{\"set\":{\"%s\":{\"value\":\"1\"}}}");
        bodies.put("POST apps/shop/deployments", "{\"ref\":\"%s\"}");
        bodies.put("POST tokens", "{\"name\":\"%s\"}");
        bodies.put("PATCH teams/home", "{\"name\":\"%s\"}");
        bodies.put("POST teams", "{\"name\":\"%s\"}");
        bodies.put("POST teams/home/roles", "{\"name\":\"%s\",\"permissions\":[\"app.read\"]}");
        bodies.put(
                "POST teams/home/invitations",
                "{\"email\":\"%s@example.com\",\"grants\":[{\"role\":\"viewer\"}]}");
        List<String> wrong = new ArrayList<>();
        bodies.forEach(
                (door, body) -> {
                    String[] words = door.split(" ");
                    Answer answer = owner(words[0], words[1], body.replace("%s", LONG));
                    if (answer.status() < 400 || answer.status() >= 500) {
                        wrong.add(door + " is " + answer.status() + " " + answer.body());
                    }
                });

        assertThat(wrong).isEmpty();
        assertThat(owner("POST", "teams/home/invitations", "{\"grants\":" + grants + "}").status())
                .isEqualTo(422);
        assertThat(
                        owner(
                                        "POST",
                                        "tokens",
                                        "{\"name\":\"x\",\"places\":"
                                                + grants.replace("role", "scope")
                                                + "}")
                                .status())
                .isEqualTo(422);
        assertThat(
                        owner(
                                        "POST",
                                        "teams/home/roles",
                                        "{\"name\":\"Many\",\"permissions\":" + many + "}")
                                .status())
                .isLessThan(500);
    }

    @Test
    void whatIsLookedAtIsBoundedHoweverMuchIsAskedFor() {
        List<String> wrong = new ArrayList<>();
        TestBrowser browser = signedIn();
        for (Door door : doors()) {
            // the installer needs an image, which is not built here
            if (door.method() != RequestMethod.GET || door.pattern().equals("/install.sh")) {
                continue;
            }
            boolean page = !door.pattern().startsWith("/api/");
            for (String value : List.of("x", "y".repeat(3_000))) {
                String path =
                        filled(door.pattern(), value)
                                + "?limit=1000000&before=99999999999999999999&after=-1&lines=1000000";
                Answer answer = page ? browser.get(path) : control.get(path);
                if (answer.status() >= 500) {
                    wrong.add(path.substring(0, 60) + " is " + answer.status());
                }
            }
        }

        assertThat(wrong).isEmpty();
        for (int i = 0; i < 600; i++) {
            control.send("POST", "/api/v1/teams/home/roles", "{}");
        }
        assertThat(control.get("/api/v1/audit?limit=1000000").status()).isEqualTo(422);
        assertThat(control.get("/api/v1/audit").json().get("items").size()).isBetween(1, 500);
    }

    @Test
    void formsWithLongFieldsAreAnsweredAndChangeNothingTheyShouldNot() {
        owner("POST", "servers", "{\"name\":\"web-1\"}");
        TestBrowser browser = signedIn();
        List<String> wrong = new ArrayList<>();
        int tried = 0;
        for (Door door : doors()) {
            if (door.method() != RequestMethod.POST || !door.pattern().startsWith("/{team}")) {
                continue;
            }
            List<String> fields = new ArrayList<>();
            for (var parameter : door.handler().getMethodParameters()) {
                RequestParam named = parameter.getParameterAnnotation(RequestParam.class);
                if (named != null) {
                    parameter.initParameterNameDiscovery(
                            new org.springframework.core.DefaultParameterNameDiscoverer());
                    fields.add(String.valueOf(parameter.getParameterName()));
                    fields.add(LONG);
                }
            }
            tried++;
            Answer answer =
                    browser.post(filled(door.pattern(), "x"), fields.toArray(String[]::new));
            // 303 is what follows a change; what asks for nothing may do it
            boolean changed = answer.status() == 303 && !fields.isEmpty();
            if (changed || answer.status() >= 500) {
                wrong.add(door.pattern() + " is " + answer.status() + " with " + fields.size());
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(tried).isGreaterThan(20);
    }

    @Test
    void whoGuessesTokensWaitsAndAValidOneThatWasUsedIsStillLetThrough() {
        assertThat(control.get("/api/v1/me").status()).isEqualTo(200);
        Answer rest = guess("/api/v1/me", "Bearer esc_nonsense");
        Answer git =
                guess(
                        "/git/home/shop.git/info/refs?service=git-upload-pack",
                        "Basic " + Base64.getEncoder().encodeToString("x:esc_nonsense".getBytes()));

        assertThat(rest.status()).isEqualTo(429);
        assertThat(git.status()).isEqualTo(429);
        for (Answer each : List.of(rest, git)) {
            assertThat(Integer.parseInt(each.header("Retry-After"))).isBetween(1, 60);
        }
        assertThat(control.get("/api/v1/me").status()).isEqualTo(200);
    }

    @Test
    void whoAsksForTooMuchWaitsHoweverManyTokensTheyHave() {
        String other = owner("POST", "tokens", "{\"name\":\"two\"}").json().get("token").asString();
        Answer last = owner("POST", "servers", "{}");
        for (int i = 0; i < 300 && last.status() != 429; i++) {
            last = owner("POST", "servers", "{}");
        }
        Answer withOther =
                control.send(
                        control.request("/api/v1/servers")
                                .header("Authorization", "Bearer " + other)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{}")));

        assertThat(last.status()).isEqualTo(429);
        assertThat(Integer.parseInt(last.header("Retry-After"))).isBetween(1, 60);
        assertThat(withOther.status()).isEqualTo(429);
        assertThat(control.get("/api/v1/servers").status()).isEqualTo(200);
    }

    @Test
    void anAgentThatGuessesRegistrationTokensWaits() {
        Answer last = register();
        for (int i = 0; i < 60 && last.status() != 429; i++) {
            last = register();
        }

        assertThat(last.status()).isEqualTo(429);
        assertThat(last.header("Retry-After")).isNotEmpty();
    }

    /** Jetty closes on headers that are too long, and a client that is still sending breaks off. */
    private boolean refused(HttpRequest.Builder request, int status) {
        try {
            return control.send(request).status() == status;
        } catch (UncheckedIOException closed) {
            return true;
        }
    }

    private Answer register() {
        return control.send(
                control.request("/agent/v1/register")
                        .header("Content-Type", "application/json")
                        .POST(
                                BodyPublishers.ofString(
                                        dev.escale.protocol.Codec.write(
                                                dev.escale.protocol.Registration.class,
                                                new dev.escale.protocol.Registration(
                                                        "no-such-token",
                                                        "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE",
                                                        1,
                                                        "0.1.0",
                                                        dev.escale.control.agentlink.FakeAgent
                                                                .facts())))));
    }

    private Answer guess(String path, String credentials) {
        HttpRequest.Builder asked = control.request(path).header("Authorization", credentials);
        Answer last = control.send(asked);
        for (int i = 0; i < 100 && last.status() != 429; i++) {
            last = control.send(asked);
        }
        return last;
    }

    private TestBrowser signedIn() {
        Answer invited =
                owner("POST", "teams/home/invitations", "{\"grants\":[{\"role\":\"owner\"}]}");
        var browser = new TestBrowser(control);
        browser.post(URI.create(invited.json().get("link").asString()).getPath(), "name", "Olga");
        return browser;
    }

    private List<Door> doors() {
        List<Door> doors = new ArrayList<>();
        control.bean(RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach(
                        (mapping, handler) ->
                                mapping.getPatternValues()
                                        .forEach(
                                                pattern ->
                                                        mapping.getMethodsCondition()
                                                                .getMethods()
                                                                .forEach(
                                                                        method ->
                                                                                doors.add(
                                                                                        new Door(
                                                                                                method,
                                                                                                pattern,
                                                                                                handler)))));
        return doors;
    }

    private static String filled(String pattern, String value) {
        return pattern.replaceAll("\\{team(?:[^{}]|\\{[^{}]*})*}", "home")
                .replaceAll("\\{(?:[^{}]|\\{[^{}]*})*}", value);
    }

    /** Something of the schema in which every text is long, and every list too. */
    private static Object filled(JsonNode description, JsonNode schema, int depth) {
        if (schema.has("$ref")) {
            return filled(
                    description, description.at(schema.get("$ref").asString().substring(1)), depth);
        }
        for (String choice : List.of("oneOf", "anyOf")) {
            if (schema.has(choice)) {
                return filled(description, schema.get(choice).get(0), depth);
            }
        }
        JsonNode type = schema.path("type");
        String name = type.isArray() ? type.get(0).asString() : type.asString();
        if (depth > 4) {
            return "x";
        }
        return switch (name) {
            case "object" -> {
                Map<String, Object> object = new LinkedHashMap<>();
                for (var property : schema.path("properties").properties()) {
                    object.put(
                            property.getKey(), filled(description, property.getValue(), depth + 1));
                }
                yield object;
            }
            case "array" ->
                    java.util.Collections.nCopies(
                            depth > 2 ? 2 : MANY,
                            shortened(filled(description, schema.path("items"), depth + 1)));
            case "integer", "number" -> 1;
            case "boolean" -> false;
            default -> LONG;
        };
    }

    private static Object shortened(Object item) {
        return switch (item) {
            case String text -> text.substring(0, Math.min(100, text.length()));
            case Map<?, ?> map -> {
                Map<Object, Object> all = new LinkedHashMap<>();
                map.forEach((name, value) -> all.put(name, shortened(value)));
                yield all;
            }
            default -> item;
        };
    }

    private Answer owner(String method, String path, String body) {
        return control.send(method, "/api/v1/" + path, body);
    }
}
