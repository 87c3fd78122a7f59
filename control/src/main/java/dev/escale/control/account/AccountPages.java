package dev.escale.control.account;

import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Reads;
import dev.escale.control.operation.Target;
import dev.escale.control.provider.Providers;
import dev.escale.control.team.GrantInput;
import dev.escale.control.team.TeamView;
import dev.escale.control.web.Form;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
    private final IdentityRows identities;
    private final Providers providers;
    private final Operations operations;
    private final Offered offered;
    private final TeamView view;
    private final Views views;

    /** What the page can do. */
    private record Offered(CreateToken create, RevokeToken revoke, RevokeSession signOut) {}

    AccountPages(
            Tokens tokens,
            Sessions sessions,
            IdentityRows identities,
            Providers providers,
            Operations operations,
            CreateToken create,
            RevokeToken revoke,
            RevokeSession signOut,
            TeamView view,
            Views views) {
        this.view = view;
        this.tokens = tokens;
        this.sessions = sessions;
        this.identities = identities;
        this.providers = providers;
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
     * @param may {@code all}, {@code deploy} or {@code read}
     * @param place {@code team}, or kind and id such as {@code app:app_x}
     */
    @PostMapping("/tokens")
    View create(
            Page page,
            HttpSession session,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "0") int days,
            @RequestParam(defaultValue = "all") String may,
            @RequestParam(defaultValue = "team") String place) {
        Instant expiresAt = days <= 0 ? null : page.clock().instant().plus(Duration.ofDays(days));
        try {
            Tokens.Fresh fresh =
                    operations
                            .run(
                                    page.reader().actor(),
                                    offered.create(),
                                    new CreateToken.Input(
                                            name, expiresAt, permissions(may), places(place)),
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

    private static @Nullable Set<@Nullable String> permissions(String may) {
        return switch (may) {
            case "deploy" -> Set.of(Reads.APPS, "app.deploy", "deployment.cancel");
            case "read" -> Set.of(Reads.APPS, Reads.SERVERS);
            default -> null;
        };
    }

    private static @Nullable List<@Nullable GrantInput> places(String place) {
        String[] parts = place.split(":", 2);
        return parts.length < 2 ? null : List.of(new GrantInput(null, parts[0], parts[1]));
    }

    private View account(Page page, HttpSession session, Form form, @Nullable String fresh) {
        String own = Sessions.shownId(session.getId());
        String person = page.reader().actor().id();
        int status = form.problem() == null ? 200 : form.problem().status();
        Map<String, String> names =
                view.places(page.reader().actor()).stream()
                        .collect(Collectors.toMap(Target::id, Target::name));
        return views.page(
                status,
                page,
                "account/account",
                "tokens",
                tokens.all(page.reader().team().id(), person).stream()
                        .map(token -> TokenRow.of(token, names))
                        .toList(),
                "sessions",
                sessions.all(person).stream()
                        .map(each -> SessionRow.of(each, each.id().equals(own)))
                        .toList(),
                "identities",
                identities.of(person),
                "providers",
                providers.offered(),
                "places",
                view.places(page.reader().actor()),
                "form",
                form,
                "fresh",
                Optional.ofNullable(fresh));
    }
}
