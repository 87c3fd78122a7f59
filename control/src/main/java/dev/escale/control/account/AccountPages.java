package dev.escale.control.account;

import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.web.Form;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** A person's own tokens and sessions. */
@Controller
@RequestMapping("/{team}/account")
class AccountPages {
    private final Tokens tokens;
    private final Sessions sessions;
    private final Operations operations;
    private final Offered offered;
    private final Views views;

    /** What the page can do. */
    private record Offered(CreateToken create, RevokeToken revoke, RevokeSession signOut) {}

    AccountPages(
            Tokens tokens,
            Sessions sessions,
            Operations operations,
            CreateToken create,
            RevokeToken revoke,
            RevokeSession signOut,
            Views views) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.operations = operations;
        this.offered = new Offered(create, revoke, signOut);
        this.views = views;
    }

    @GetMapping
    View account(Page page, HttpSession session) {
        return account(page, session, Form.empty(), null);
    }

    /**
     * @param days how long it is valid; 0 for ever
     */
    @PostMapping("/tokens")
    View create(
            Page page,
            HttpSession session,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "0") int days) {
        Instant expiresAt = days <= 0 ? null : page.clock().instant().plus(Duration.ofDays(days));
        try {
            Tokens.Fresh fresh =
                    operations
                            .run(
                                    page.reader().actor(),
                                    offered.create(),
                                    new CreateToken.Input(name, expiresAt),
                                    Mode.APPLY)
                            .applied();
            return account(page, session, Form.empty(), fresh.text());
        } catch (ProblemException refused) {
            return account(page, session, Form.of("name", name).refused(refused.problem()), null);
        }
    }

    @PostMapping("/tokens/{id}/revoke")
    View revoke(Page page, @PathVariable String id) {
        operations.run(
                page.reader().actor(), offered.revoke(), new RevokeToken.Input(id), Mode.APPLY);
        return views.redirect(page.to("/account"));
    }

    @PostMapping("/sessions/{id}/revoke")
    View signOut(Page page, @PathVariable String id) {
        operations.run(
                page.reader().actor(), offered.signOut(), new RevokeSession.Input(id), Mode.APPLY);
        return views.redirect(page.to("/account"));
    }

    private View account(Page page, HttpSession session, Form form, @Nullable String fresh) {
        String own = Sessions.shownId(session.getId());
        String person = page.reader().actor().id();
        int status = form.problem() == null ? 200 : form.problem().status();
        return views.page(
                status,
                page,
                "account/account",
                "tokens",
                tokens.all(page.reader().team().id(), person).stream().map(TokenRow::of).toList(),
                "sessions",
                sessions.all(person).stream()
                        .map(each -> SessionRow.of(each, each.id().equals(own)))
                        .toList(),
                "form",
                form,
                "fresh",
                Optional.ofNullable(fresh));
    }
}
