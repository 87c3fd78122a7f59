package dev.escale.cli;

import io.avaje.json.JsonException;
import io.avaje.jsonb.JsonType;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * The REST interface of one control plane, spoken with one token. Answers come as JSON text; errors
 * as {@link Refusal} with the problem document's own sentence.
 */
public final class ControlPlane {
    private static final Jsonb JSON = Jsonb.builder().build();
    private static final JsonType<Object> ANY =
            Jsonb.builder().serializeNulls(true).build().type(Object.class);
    private static final int PAGE = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Login login;
    private final HttpClient http;

    public ControlPlane(Login login) {
        this.login = login;
        var builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10));
        if (login.authority() != null) {
            builder.sslContext(Authorities.trusting(Path.of(login.authority())));
        }
        this.http = builder.build();
    }

    static ControlPlane current() {
        return new ControlPlane(Logins.ofThisUser().current());
    }

    public String url() {
        return login.url();
    }

    public String get(String path) {
        return text("GET", path, null);
    }

    /**
     * The first items of a list, over as many pages as that takes, as one answer of the same form.
     *
     * @param cursor name of the parameter that takes an answer's {@code next}
     */
    String list(String path, String cursor, int most) {
        List<Object> items = new ArrayList<>();
        Object next = null;
        do {
            int limit = Math.min(PAGE, most - items.size());
            String from = next == null ? "" : "&" + cursor + "=" + part(String.valueOf(next));
            String answer = get(path + "?limit=" + limit + from);
            Map<String, Object> page = understood(() -> ANY.map().fromJson(answer));
            if (page.get("items") instanceof List<?> more) {
                items.addAll(more);
            }
            next = page.get("next");
        } while (next != null && items.size() < most);
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("items", items);
        all.put("next", next);
        return ANY.toJson(all);
    }

    /**
     * @param body null for none
     */
    public String send(String method, String path, @Nullable Map<String, ?> body) {
        return text(method, path, body == null ? null : json(body));
    }

    /** A long answer, line by line as it comes; the caller closes it. */
    InputStream stream(String path) {
        HttpResponse<InputStream> answer =
                exchange(
                        request("GET", path, null).build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() >= 400) {
            try (InputStream body = answer.body()) {
                throw refusal(
                        answer.statusCode(),
                        new String(body.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException failure) {
                throw unreachable(failure);
            }
        }
        return answer.body();
    }

    /**
     * @throws Refusal when the text is not of that shape
     */
    public static <T> T read(Class<T> type, String json) {
        return understood(() -> JSON.type(type).fromJson(json));
    }

    /**
     * @throws Refusal as {@link #read}
     */
    static <T> List<T> items(Class<T> type, String json) {
        return understood(
                () -> {
                    Map<String, Object> page = JSON.type(Object.class).map().fromJson(json);
                    JsonType<Object> any = JSON.type(Object.class);
                    return JSON.type(type).list().fromJson(any.toJson(page.get("items")));
                });
    }

    private static <T> T understood(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (JsonException otherShape) {
            throw new Refusal(Words.say("answer.notUnderstood"), otherShape);
        }
    }

    static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String json(Map<String, ?> body) {
        return JSON.type(Object.class).toJson(body);
    }

    private String text(String method, String path, @Nullable String body) {
        HttpResponse<String> answer =
                exchange(
                        request(method, path, body).timeout(PATIENCE).build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 400) {
            throw refusal(answer.statusCode(), answer.body());
        }
        return answer.body();
    }

    private HttpRequest.Builder request(String method, String path, @Nullable String body) {
        return HttpRequest.newBuilder(URI.create(login.url() + "/api/v1/" + path))
                .header("Authorization", "Bearer " + login.token())
                .header("User-Agent", "escale-cli/0.1.0")
                .header("Accept", "application/json, application/x-ndjson, text/plain")
                .header("Accept-Language", Words.locale().getLanguage())
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (SSLHandshakeException untrusted) {
            throw new Refusal(Words.say("login.untrusted", login.url()), untrusted);
        } catch (IOException failure) {
            throw unreachable(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal(Words.say("interrupted"), interrupted);
        }
    }

    private Unreachable unreachable(IOException failure) {
        return new Unreachable(
                Words.say("login.unreachable", login.url(), Authorities.reason(failure)), failure);
    }

    private static Refusal refusal(int status, String body) {
        try {
            return JSON.type(ProblemDocument.class).fromJson(body).refusal();
        } catch (JsonException notAProblem) {
            return new Refusal(Words.say("answer.unexpected", String.valueOf(status)), notAProblem);
        }
    }
}
