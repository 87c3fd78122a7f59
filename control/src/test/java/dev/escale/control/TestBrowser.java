package dev.escale.control;

import dev.escale.control.RunningControl.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One person's browser: cookies of its own, and forms sent as pages send them. */
public final class TestBrowser {
    private static final Pattern SHOWN_TOKEN = Pattern.compile("esc_[0-9A-Za-z]{20,}");

    private final RunningControl control;
    private static final AtomicInteger BROWSERS = new AtomicInteger();

    /** An address of its own, where the control plane believes it (TEST-NET-2). */
    private String address = "198.51.100." + BROWSERS.incrementAndGet() % 256;

    private String agent = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http;

    public TestBrowser(RunningControl control) {
        this.control = control;
        this.http =
                HttpClient.newBuilder()
                        .sslContext(
                                RunningControl.trust(
                                        control.config().home().resolve("ca/root.pem")))
                        .cookieHandler(cookies)
                        .build();
    }

    /** It is somewhere else from now on. */
    public TestBrowser at(String elsewhere) {
        address = elsewhere;
        return this;
    }

    /** It calls itself something else from now on. */
    public TestBrowser called(String userAgent) {
        agent = userAgent;
        return this;
    }

    public Answer get(String path) {
        return send(request(path));
    }

    /**
     * @param pairs name, value, name, value …
     */
    public Answer post(String path, String... pairs) {
        if (cookie("__Host-csrf").isEmpty()) {
            send(request("/login").POST(BodyPublishers.noBody()));
        }
        var form = new StringBuilder("_csrf=" + masked(cookie("__Host-csrf")));
        for (int i = 0; i < pairs.length; i += 2) {
            form.append('&').append(pairs[i]).append('=').append(encoded(pairs[i + 1]));
        }
        return send(request(path).POST(BodyPublishers.ofString(form.toString())));
    }

    /** As another site would send it: with the cookies, without the token of our forms. */
    public Answer postForged(String path) {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    /** In a language. */
    public Answer get(String path, String language) {
        return send(request(path).header("Accept-Language", language));
    }

    /** What the browser holds as its session; empty when it has none. */
    public String session() {
        return cookie("__Host-escale");
    }

    /** Makes it hold somebody else's session. */
    public void plant(String session) {
        HttpCookie cookie = new HttpCookie("__Host-escale", session);
        cookie.setDomain("localhost.local");
        cookie.setPath("/");
        cookie.setSecure(true);
        cookie.setVersion(0);
        cookies.getCookieStore().add(control.config().publicUrl(), cookie);
    }

    /** A token that the account page of the team shows after making it. */
    public String token(String team) {
        Answer page = post("/" + team + "/account/tokens", "name", "test", "days", "0");
        Matcher shown = SHOWN_TOKEN.matcher(page.body());
        if (!shown.find()) {
            throw new AssertionError(page.status() + " " + page.body());
        }
        return shown.group();
    }

    /** The stream that an open page of the team has. */
    public TestStream stream(String team) {
        var listener = new TestStream();
        String address = control.config().publicUrl() + "/stream?team=" + team;
        String sent =
                cookies.getCookieStore().getCookies().stream()
                        .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                        .collect(Collectors.joining("; "));
        return listener.on(
                http.newWebSocketBuilder()
                        .header("Origin", control.config().publicUrl().toString())
                        .header("Cookie", sent)
                        .buildAsync(URI.create(address.replace("https:", "wss:")), listener)
                        .join());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(control.config().publicUrl() + path))
                .header("X-Forwarded-For", address)
                .header("User-Agent", agent)
                .header("Content-Type", "application/x-www-form-urlencoded");
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            var response =
                    http.send(
                            request.build(),
                            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(response.statusCode(), response);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /**
     * An open page of the team, as far as its WebSocket goes.
     *
     * @return with which code the server closes it
     */
    public CompletableFuture<Integer> openPage(String team) {
        var closed = new CompletableFuture<Integer>();
        String address = control.config().publicUrl().toString();
        http.newWebSocketBuilder()
                .header("Origin", address)
                .buildAsync(
                        URI.create(address.replace("https:", "wss:") + "/stream?team=" + team),
                        new WebSocket.Listener() {
                            @Override
                            public @Nullable CompletionStage<?> onClose(
                                    WebSocket socket, int code, String reason) {
                                closed.complete(code);
                                return null;
                            }
                        })
                .join();
        return closed;
    }

    /** As somebody who has this cookie and no other. */
    public Answer with(String cookie, String path) {
        return send(request(path).header("Cookie", cookie));
    }

    /** Its value; empty when there is none. */
    /** How long the browser was told to keep it. */
    public Duration kept(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(cookie -> Duration.ofSeconds(cookie.getMaxAge()))
                .findFirst()
                .orElseThrow();
    }

    public String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** As a page would carry it: XOR with as many random bytes, here zeros. */
    private static String masked(String token) {
        byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
        byte[] both = new byte[bytes.length * 2];
        System.arraycopy(bytes, 0, both, bytes.length, bytes.length);
        return Base64.getUrlEncoder().encodeToString(both);
    }
}
