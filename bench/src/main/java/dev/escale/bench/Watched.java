package dev.escale.bench;

import dev.escale.testkit.Trust;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/** Asks a site again and again whether it says something yet. */
final class Watched implements AutoCloseable {
    private final HttpClient http;
    private final HttpRequest request;

    Watched(String url, Path root) {
        this.http = Trust.client(root);
        this.request =
                HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5)).build();
    }

    boolean says(String text) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body().contains(text);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
