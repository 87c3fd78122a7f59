package dev.escale.testkit.stack;

import dev.escale.testkit.Trust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/** What a site answers over verified HTTPS. */
public record Site(int status, String body) {

    public static Site fetch(String url, Path root) {
        return ask(HttpRequest.newBuilder(URI.create(url)).GET(), root);
    }

    public static Site post(String url, Path root, String body) {
        return ask(
                HttpRequest.newBuilder(URI.create(url))
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                root);
    }

    private static Site ask(HttpRequest.Builder builder, Path root) {
        HttpRequest request = builder.timeout(Duration.ofSeconds(10)).build();
        try (HttpClient http = Trust.client(root)) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Site(answer.statusCode(), answer.body().strip());
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
