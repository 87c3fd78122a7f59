package dev.escale.control.account;

import dev.escale.control.provider.Provider;
import dev.escale.control.provider.Providers;
import dev.escale.control.web.Form;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;

/** The page of what a person signs in with, and of where they are signed in. */
@Component
class WaysInView {
    private final Passkeys passkeys;
    private final IdentityRows identities;
    private final Providers providers;
    private final Sessions sessions;
    private final WebAuthn party;
    private final Views views;

    WaysInView(
            Passkeys passkeys,
            IdentityRows identities,
            Providers providers,
            Sessions sessions,
            WebAuthn party,
            Views views) {
        this.identities = identities;
        this.providers = providers;
        this.passkeys = passkeys;
        this.sessions = sessions;
        this.party = party;
        this.views = views;
    }

    View show(Page page, HttpServletRequest request, Form form) {
        return show(page, request, form, Optional.empty());
    }

    /**
     * @param kept a provider whose token may still be valid there
     */
    View show(Page page, HttpServletRequest request, Form form, Optional<Provider> kept) {
        String person = page.reader().actor().id();
        String own = Sessions.own(request.getSession());
        int status = form.problem() == null ? 200 : form.problem().status();
        return views.page(
                status,
                page,
                "account/waysin",
                "identities",
                identities.of(person),
                "kept",
                kept,
                "providers",
                providers.offered(),
                "passkeys",
                passkeys.all(person),
                "possible",
                party.possible(),
                "sessions",
                sessions.all(person).stream()
                        .map(each -> SessionRow.of(each, each.id().equals(own)))
                        .toList(),
                "form",
                form);
    }
}
