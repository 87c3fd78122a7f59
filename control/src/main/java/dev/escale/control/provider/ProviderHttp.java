package dev.escale.control.provider;

import dev.escale.control.SignInSettings.Application;
import dev.escale.control.provider.ProviderException.Kind;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls that end: within a bounded time, with a bounded answer, following no redirect. The client
 * with its threads is made at the first call, since most installations never make one.
 */
final class ProviderHttp implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final int MOST_BYTES = 256 * 1024;
    static final int MOST_AT_ONCE = 32;

    private final JsonMapper json;
    private final Duration patience;
    private final Semaphore calls = new Semaphore(MOST_AT_ONCE);
    private @Nullable HttpClient client;

    ProviderHttp(JsonMapper json, Duration patience) {
        this.json = json;
        this.patience = patience;
    }

    record Reply(int status, JsonNode body) {
        /** A text of the body; empty when it is missing, or something else. */
        String text(String name) {
            JsonNode value = body.get(name);
            return value == null || !value.isString() ? "" : value.stringValue();
        }
    }

    Reply post(URI address, Map<String, String> form) {
        return sent(form(address, form), this::reply);
    }

    /**
     * For an answer without a body.
     *
     * @return its status, below 500
     */
    int tell(URI address, Map<String, String> form) {
        return sent(form(address, form), ProviderHttp::status);
    }

    /**
     * As the application itself.
     *
     * @return the status, below 500
     */
    int delete(URI address, Application application, Map<String, String> body) {
        String who = application.clientId() + ":" + application.clientSecret().value();
        String basic = Base64.getEncoder().encodeToString(who.getBytes(StandardCharsets.UTF_8));
        return sent(
                request(address)
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/json")
                        .method("DELETE", BodyPublishers.ofString(json.writeValueAsString(body)))
                        .build(),
                ProviderHttp::status);
    }

    private HttpRequest form(URI address, Map<String, String> form) {
        return request(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded(form)))
                .build();
    }

    Reply get(URI address, String accessToken) {
        return sent(
                request(address).header("Authorization", "Bearer " + accessToken).build(),
                this::reply);
    }

    /** As in a query or a form. */
    static String encoded(Map<String, String> pairs) {
        return pairs.entrySet().stream()
                .map(pair -> encoded(pair.getKey()) + "=" + encoded(pair.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address)
                .timeout(patience)
                .header("Accept", "application/json")
                .header("User-Agent", "Escale");
    }

    /** A slow provider holds no more of us than this many. */
    private <T> T sent(HttpRequest request, BiFunction<String, HttpResponse<byte[]>, T> read) {
        String where = request.method() + " " + request.uri();
        if (!calls.tryAcquire()) {
            throw new ProviderException(Kind.SILENT, where + " has too many calls before it");
        }
        try {
            return read.apply(where, send(request, where));
        } finally {
            calls.release();
        }
    }

    private HttpResponse<byte[]> send(HttpRequest request, String where) {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client().sendAsync(
                                request,
                                BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            // the timeout of the request ends with the headers; this one holds for the body, too
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new ProviderException(Kind.SILENT, where + " took too long", late);
        } catch (ExecutionException failure) {
            throw new ProviderException(Kind.SILENT, where + ": " + failure.getMessage(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ProviderException(Kind.SILENT, where + " was interrupted", interrupted);
        } finally {
            answer.cancel(true);
        }
    }

    private static int status(String where, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status >= 500) {
            throw new ProviderException(Kind.SILENT, where + " answered " + status);
        }
        return status;
    }

    private Reply reply(String where, HttpResponse<byte[]> response) {
        int status = status(where, response);
        try {
            JsonNode body = json.readTree(response.body());
            if (body == null || !body.isContainer()) {
                throw new ProviderException(Kind.NONSENSE, where + " answered no JSON object");
            }
            return new Reply(status, body);
        } catch (JacksonException wrong) {
            throw new ProviderException(
                    Kind.NONSENSE, where + " answered " + status + " without JSON", wrong);
        }
    }

    private synchronized HttpClient client() {
        HttpClient made = client;
        if (made == null) {
            made = HttpClient.newBuilder().connectTimeout(patience.dividedBy(2)).build();
            client = made;
        }
        return made;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
