package dev.escale.testkit.control;

import dev.escale.testkit.Trust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody who was invited, with a browser of their own. */
public final class Guest {
    private static final Pattern FORM = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern TOKEN = Pattern.compile("esc_[0-9A-Za-z]{20,}");

    private final ControlProcess control;
    private final HttpClient http;
    private final String link;
    private String form = "";

    /** Invited as an owner; has not opened the link yet. */
    public Guest(ControlProcess control) {
        this(control, "owner");
    }

    public Guest(ControlProcess control, String role) {
        this.control = control;
        this.http =
                HttpClient.newBuilder()
                        .sslContext(Trust.only(control.root()))
                        .version(HttpClient.Version.HTTP_1_1)
                        .cookieHandler(new CookieManager())
                        .build();
        this.link =
                control.api()
                        .post(
                                "teams/home/invitations",
                                Map.of("grants", List.of(Map.of("role", role))))
                        .text("link");
    }

    /** Opens the link, which begins nothing. */
    public void arrive() {
        form = field(send(HttpRequest.newBuilder(URI.create(link))));
    }

    /** Sends the form of the page, which signs them in. */
    public void signIn(String name) {
        post(link, "name=" + encoded(name));
    }

    /** A token of theirs. */
    public String token() {
        String account = control.url() + "/home/account";
        form = field(send(HttpRequest.newBuilder(URI.create(account))));
        Matcher token = TOKEN.matcher(post(account + "/tokens", "name=bench&days=0"));
        if (!token.find()) {
            throw new IllegalStateException("no token was shown");
        }
        return token.group();
    }

    private String post(String address, String fields) {
        return send(
                HttpRequest.newBuilder(URI.create(address))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        fields + "&_csrf=" + encoded(form))));
    }

    private String send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 400) {
                throw new IllegalStateException(answer.uri().getPath() + " " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String field(String page) {
        Matcher form = FORM.matcher(page);
        if (!form.find()) {
            throw new IllegalStateException("no form on the page");
        }
        return form.group(1);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
