package dev.escale.control.account;

import dev.escale.control.account.SignInAttempt.Purpose;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.provider.OAuthClient;
import dev.escale.control.provider.Provider;
import dev.escale.control.provider.Providers;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/**
 * To a provider. A form begins it, so that no other site can; its answer is a page that goes on to
 * the provider by itself, because our policy lets forms lead to us alone.
 */
@Controller
class ProviderPages {
    static final String PROVIDER = "{provider:github|gitlab}";

    private final Providers providers;
    private final SignInAttempts attempts;
    private final Views views;

    ProviderPages(Providers providers, SignInAttempts attempts, Views views) {
        this.providers = providers;
        this.attempts = attempts;
        this.views = views;
    }

    /** The page with the form, for who types or reloads the address. */
    @GetMapping({"/login/github", "/login/gitlab"})
    View door() {
        return views.redirect("/login");
    }

    @PostMapping("/login/" + PROVIDER)
    View enter(
            Page page,
            HttpServletRequest request,
            @PathVariable String provider,
            @RequestParam @Nullable String next) {
        OAuthClient client = client(provider);
        return go(
                page, client, attempts.begin(request, client, Purpose.ENTER, "", Next.safe(next)));
    }

    @PostMapping("/invitations/{text}/" + PROVIDER)
    View join(
            Page page,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String text,
            @PathVariable String provider) {
        response.setHeader("Referrer-Policy", "no-referrer");
        OAuthClient client = client(provider);
        return go(page, client, attempts.begin(request, client, Purpose.JOIN, text, "/"));
    }

    @PostMapping("/{team}/account/identities/" + PROVIDER + "/link")
    View link(Page page, HttpServletRequest request, @PathVariable String provider) {
        OAuthClient client = client(provider);
        String person = page.reader().actor().id();
        return go(
                page,
                client,
                attempts.begin(request, client, Purpose.LINK, person, page.to("/account/sign-in")));
    }

    /** Why it did not work. No word of it comes from the provider. */
    @GetMapping("/login/" + PROVIDER + "/refused/{code}")
    View refused(Page page, @PathVariable String provider, @PathVariable String code) {
        var problem =
                SignInRefusal.of(code)
                        .map(refusal -> refusal.problem(Provider.parse(provider)))
                        .orElseThrow(() -> ProblemException.of(404, "signIn.noRefusal"));
        return views.page(problem.status(), page, "account/signinrefused", "problem", problem);
    }

    private View go(Page page, OAuthClient client, URI consent) {
        return views.page(
                page,
                "account/toprovider",
                "provider",
                client.provider().label(),
                "address",
                consent.toString());
    }

    private OAuthClient client(String provider) {
        Provider wanted = Provider.parse(provider);
        return providers
                .find(wanted)
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        404, "signIn.notSetUp", "provider", wanted.label()));
    }
}
