package dev.escale.control.account;

import dev.escale.control.ControlConfig;
import dev.escale.control.authority.Authority;
import dev.escale.control.provider.Providers;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The way in. */
@Controller
class DoorPages {
    private final Optional<String> authority;
    private final Providers providers;
    private final boolean signUp;
    private final WebAuthn party;
    private final Views views;

    DoorPages(
            Authority authority,
            ControlConfig config,
            Providers providers,
            WebAuthn party,
            Views views) {
        this.party = party;
        this.authority =
                config.tlsFiles() == null ? Optional.of(authority.sha256()) : Optional.empty();
        this.providers = providers;
        this.signUp = config.signIn().signUp();
        this.views = views;
    }

    @GetMapping({"/", "/{team:[a-z0-9-]{2,40}}"})
    View home(Page page) {
        return views.redirect(page.to("/apps"));
    }

    /**
     * Whoever is signed in goes on: their session may have got another id while they asked for a
     * page with the old one.
     *
     * @param refused there when a link did not open; {@code passkey} when a passkey did not
     * @param signedOut there after signing out
     * @param next where to go afterwards
     */
    @GetMapping("/login")
    View door(
            Page page,
            @RequestParam @Nullable String refused,
            @RequestParam @Nullable String signedOut,
            @RequestParam @Nullable String next) {
        String what = what(refused, signedOut);
        if (page.visitor() != null && what.equals("closed")) {
            return views.redirect(Next.safe(next));
        }
        return views.page(
                page,
                "account/door",
                "what",
                what,
                "providers",
                providers.offered(),
                "signUp",
                signUp,
                "passkeys",
                party.possible(),
                "next",
                Next.safe(next),
                "authority",
                authority);
    }

    private static String what(@Nullable String refused, @Nullable String signedOut) {
        if (refused != null) {
            return refused.equals("passkey") ? "passkey" : "refused";
        }
        return signedOut != null ? "signedOut" : "closed";
    }

    /** Opens nothing yet: scanners of mail open links too. */
    @GetMapping("/login/{token}")
    View link(Page page, @PathVariable String token, @RequestParam @Nullable String next) {
        return views.page(
                page,
                "account/link",
                "token",
                token,
                "next",
                Optional.ofNullable(next),
                "authority",
                authority);
    }
}
