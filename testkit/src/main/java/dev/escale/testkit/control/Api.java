package dev.escale.testkit.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The REST interface as a script uses it: HTTPS, verified, with a token. */
public final class Api {
    private final HttpClient http;
    private final String url;
    private final String token;

    Api(HttpClient http, String url, String token) {
        this.http = http;
        this.url = url;
        this.token = token;
    }

    public Json get(String path) {
        return expect2xx("GET", path, null);
    }

    public Json post(String path, Map<String, ?> body) {
        return expect2xx("POST", path, body);
    }

    public Json put(String path, Map<String, ?> body) {
        return expect2xx("PUT", path, body);
    }

    public Json patch(String path, Map<String, ?> body) {
        return expect2xx("PATCH", path, body);
    }

    public Json delete(String path) {
        return expect2xx("DELETE", path, null);
    }

    /** Whatever comes back, for tests of refusals. */
    public Answer send(String method, String path, @Nullable Map<String, ?> body) {
        try {
            HttpResponse<String> response =
                    http.send(request(method, path, body), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Json expect2xx(String method, String path, @Nullable Map<String, ?> body) {
        Answer answer = send(method, path, body);
        if (answer.status() / 100 != 2) {
            throw new AssertionError(method + " " + path + " " + body + " answered " + answer);
        }
        return answer.json();
    }

    private HttpRequest request(String method, String path, @Nullable Map<String, ?> body) {
        var request =
                HttpRequest.newBuilder(URI.create(url + "/api/v1/" + path))
                        .timeout(Duration.ofSeconds(60))
                        .header("Authorization", "Bearer " + token)
                        .header("Accept", "application/json");
        if (body == null) {
            return request.method(method, HttpRequest.BodyPublishers.noBody()).build();
        }
        return request.header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(Json.write(body)))
                .build();
    }

    /** Status and body of an answer. */
    public record Answer(int status, String body) {
        public Json json() {
            return Json.parse(body);
        }
    }
}
