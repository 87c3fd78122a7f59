package dev.escale.control.provider;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.escale.control.SecretText;
import dev.escale.control.SignInSettings;
import dev.escale.control.SignInSettings.Application;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** GitHub and GitLab at once, as strict about codes as they are. */
public final class FakeProvider implements AutoCloseable {
    public static final String SECRET = "the secret of the client";

    private final HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();
    private final Map<String, Grant> codes = new ConcurrentHashMap<>();
    private final Map<String, Account> tokens = new ConcurrentHashMap<>();
    private final Map<String, Account> refreshes = new ConcurrentHashMap<>();
    private final List<String> revoked = new CopyOnWriteArrayList<>();
    private final AtomicInteger refreshed = new AtomicInteger();
    private @Nullable Spoiled spoiled;

    private record Grant(Account account, String challenge, String callback) {}

    /** What is answered instead. */
    public record Spoiled(int status, String body) {}

    /**
     * @param email null: none
     */
    public record Account(int id, String login, @Nullable String email, boolean verified) {}

    private FakeProvider(HttpServer server) {
        this.server = server;
    }

    public static FakeProvider start() {
        try {
            var server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
            var provider = new FakeProvider(server);
            server.createContext("/", provider::answer);
            server.start();
            return provider;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public SignInSettings settings(boolean signUp) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        Application application = new Application(url, url, "escale", new SecretText(SECRET));
        return new SignInSettings(application, application, signUp);
    }

    /** How often it was asked. */
    public int asked() {
        return asked.get();
    }

    /** What the application has ended: the access token at GitHub, any at GitLab. */
    public List<String> revoked() {
        return List.copyOf(revoked);
    }

    /**
     * @param answer null: as usual again
     */
    public void spoil(@Nullable Spoiled answer) {
        spoiled = answer;
    }

    /**
     * The person agrees.
     *
     * @param consent address that the browser was sent to
     * @return the code for the callback
     */
    public String agree(URI consent, Account account) {
        Map<String, String> query = form(consent.getRawQuery());
        if (!"S256".equals(query.get("code_challenge_method"))) {
            throw new AssertionError(consent);
        }
        String code = "code-" + account.login() + "-" + codes.size();
        codes.put(code, new Grant(account, query.get("code_challenge"), query.get("redirect_uri")));
        return code;
    }

    /** Of a query or a body. */
    public static Map<String, String> form(String text) {
        Map<String, String> pairs = new HashMap<>();
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            pairs.put(decoded(parts[0]), parts.length < 2 ? "" : decoded(parts[1]));
        }
        return pairs;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        Spoiled instead = spoiled;
        if (instead != null) {
            write(exchange, instead.status(), instead.body());
            return;
        }
        switch (exchange.getRequestURI().getPath()) {
            case "/login/oauth/access_token", "/oauth/token" -> token(exchange);
            case "/user" -> withAccount(exchange, FakeProvider::user);
            case "/user/emails" -> withAccount(exchange, FakeProvider::emails);
            case "/oauth/userinfo" -> withAccount(exchange, FakeProvider::userinfo);
            case "/applications/escale/grant" -> endGrant(exchange);
            case "/oauth/revoke" -> revoke(exchange);
            default -> write(exchange, 404, "{}");
        }
    }

    /** As docs.github.com/rest/apps/oauth-applications has it: DELETE, basic authentication. */
    private void endGrant(HttpExchange exchange) throws IOException {
        String body = body(exchange);
        String basic =
                Base64.getEncoder()
                        .encodeToString(("escale:" + SECRET).getBytes(StandardCharsets.UTF_8));
        String who = exchange.getRequestHeaders().getFirst("Authorization");
        String token = body.replaceAll("^\\{\"access_token\":\"([^\"]*)\"}$", "$1");
        if (!exchange.getRequestMethod().equals("DELETE") || !("Basic " + basic).equals(who)) {
            write(exchange, 401, "{}");
        } else if (tokens.remove(token) == null) {
            write(exchange, 404, "{}");
        } else {
            revoked.add(token);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        }
    }

    /** RFC 7009, as GitLab has it: 200 whether it knows the token or not. */
    private void revoke(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(body(exchange));
        if (!SECRET.equals(form.get("client_secret"))) {
            write(exchange, 403, "{\"error\":\"unauthorized_client\"}");
            return;
        }
        revoked.add(form.get("token"));
        Account account = refreshes.remove(form.get("token"));
        tokens.values().removeIf(each -> each.equals(account));
        write(exchange, 200, "{}");
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(body(exchange));
        if (!SECRET.equals(form.get("client_secret"))) {
            write(exchange, 200, "{\"error\":\"incorrect_client_credentials\"}");
            return;
        }
        Account account =
                "refresh_token".equals(form.get("grant_type"))
                        ? refreshes.remove(form.getOrDefault("refresh_token", ""))
                        : consented(form);
        if (account == null) {
            write(exchange, 200, "{\"error\":\"invalid_grant\"}");
            return;
        }
        granted(exchange, account, form.get("grant_type").equals("refresh_token"));
    }

    private @Nullable Account consented(Map<String, String> form) {
        Grant grant = codes.remove(form.getOrDefault("code", ""));
        boolean good =
                grant != null
                        && grant.callback().equals(form.get("redirect_uri"))
                        && grant.challenge()
                                .equals(Pkce.challenge(form.getOrDefault("code_verifier", "")));
        return good ? grant.account() : null;
    }

    /** A refresh token is good once, as at GitLab. */
    private void granted(HttpExchange exchange, Account account, boolean again) throws IOException {
        String which = account.login() + (again ? "-" + refreshed.incrementAndGet() : "");
        tokens.put("provider-token-of-" + which, account);
        refreshes.put("refresh-of-" + which, account);
        write(
                exchange,
                200,
                """
                {"access_token":"provider-token-of-%s","token_type":"bearer","scope":"user:email",
                 "refresh_token":"refresh-of-%s","expires_in":7200}\
                """
                        .formatted(which, which));
    }

    private interface Drawn {
        String of(Account account);
    }

    private void withAccount(HttpExchange exchange, Drawn drawn) throws IOException {
        List<String> headers =
                exchange.getRequestHeaders().getOrDefault("Authorization", List.of());
        Account account =
                headers.stream()
                        .map(each -> tokens.get(each.replaceFirst("^Bearer ", "")))
                        .findFirst()
                        .orElse(null);
        if (account == null) {
            write(exchange, 401, "{}");
        } else {
            write(exchange, 200, drawn.of(account));
        }
    }

    private static String user(Account account) {
        return "{\"id\":%d,\"login\":\"%s\",\"name\":\"%s\"}"
                .formatted(account.id(), account.login(), account.login());
    }

    private static String emails(Account account) {
        return account.email() == null
                ? "[]"
                : "[{\"email\":\"%s\",\"verified\":%s,\"primary\":true}]"
                        .formatted(account.email(), account.verified());
    }

    private static String userinfo(Account account) {
        return "{\"sub\":\"%d\",\"nickname\":\"%s\",\"email\":\"%s\",\"email_verified\":%s}"
                .formatted(account.id(), account.login(), account.email(), account.verified());
    }

    private static void write(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
