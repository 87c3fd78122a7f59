package dev.escale.control.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.TestBrowser;
import dev.escale.control.provider.FakeProvider;
import dev.escale.control.provider.FakeProvider.Account;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The steps of a sign-in by a provider, one by one, so that a test can leave the path. */
public final class ProviderDance {
    static final String TO_GITHUB = "/login/github";
    private static final Pattern ONWARD = Pattern.compile("content=\"0;url=([^\"]+)\"");

    private final RunningControl control;
    private final FakeProvider provider;

    public ProviderDance(RunningControl control, FakeProvider provider) {
        this.control = control;
        this.provider = provider;
    }

    TestBrowser browser() {
        return new TestBrowser(control);
    }

    /**
     * Posts the form.
     *
     * @return where the page sends the browser
     */
    public URI begin(TestBrowser browser, String form, String... fields) {
        Answer page = browser.post(form, fields);
        Matcher onward = ONWARD.matcher(page.body());
        assertThat(onward.find()).as(page.status() + " " + page.body()).isTrue();
        return URI.create(onward.group(1).replace("&amp;", "&"));
    }

    /** The address that the provider sends the browser back to after consent. */
    String agreed(URI consent, Account account) {
        return callback(consent, "code", provider.agree(consent, account));
    }

    /** The same with something else than a code of our own. */
    static String callback(URI consent, String name, String value) {
        return callbackPath(consent)
                + "?state="
                + state(consent)
                + "&"
                + name
                + "="
                + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    static String callbackPath(URI consent) {
        return URI.create(FakeProvider.form(consent.getRawQuery()).get("redirect_uri")).getPath();
    }

    public static String state(URI consent) {
        return FakeProvider.form(consent.getRawQuery()).get("state");
    }

    /** All steps. */
    public Answer through(TestBrowser browser, Account account, String form, String... fields) {
        return browser.get(agreed(begin(browser, form, fields), account));
    }

    /** Signs up by a fresh invitation to the owner's team, and stays signed in. */
    Answer join(TestBrowser browser, Account account) {
        return through(browser, account, invitation("") + "/github");
    }

    /**
     * @param email empty: whoever has the link
     * @return path of the page
     */
    String invitation(String email) {
        Answer invited =
                control.send(
                        "POST",
                        "/api/v1/teams/home/invitations",
                        "{%s\"grants\":[{\"role\":\"developer\"}]}"
                                .formatted(email.isEmpty() ? "" : "\"email\":\"" + email + "\","));
        assertThat(invited.status()).as(invited.body()).isEqualTo(201);
        return URI.create(invited.json().get("link").asString()).getPath();
    }
}
