package dev.escale.control.account;

import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Reads;
import dev.escale.control.operation.Target;
import dev.escale.control.team.GrantInput;
import dev.escale.control.team.TeamView;
import dev.escale.control.web.Form;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** A person's own access tokens in the team. */
@Controller
@RequestMapping("/{team}/account/tokens")
class TokenPages {
    private final Tokens tokens;
    private final Operations operations;
    private final CreateToken create;
    private final RevokeToken revoke;
    private final TeamView view;
    private final Views views;

    TokenPages(
            Tokens tokens,
            Operations operations,
            CreateToken create,
            RevokeToken revoke,
            TeamView view,
            Views views) {
        this.tokens = tokens;
        this.operations = operations;
        this.create = create;
        this.revoke = revoke;
        this.view = view;
        this.views = views;
    }

    @GetMapping
    View show(Page page) {
        return show(page, Form.empty(), null);
    }

    /**
     * @param days how long it is valid; 0 for ever
     * @param may {@code all}, {@code deploy} or {@code read}
     * @param place {@code team}, or kind and id such as {@code app:app_x}
     */
    @PostMapping
    View create(
            Page page,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "0") int days,
            @RequestParam(defaultValue = "all") String may,
            @RequestParam(defaultValue = "team") String place) {
        Instant expiresAt = days <= 0 ? null : page.clock().instant().plus(Duration.ofDays(days));
        var input = new CreateToken.Input(name, expiresAt, permissions(may), places(place));
        try {
            Tokens.Fresh fresh =
                    operations.run(page.reader().actor(), create, input, Mode.APPLY).applied();
            return show(page, Form.empty(), fresh.text());
        } catch (ProblemException refused) {
            return show(page, Form.of("name", name).refused(refused.problem()), null);
        }
    }

    @PostMapping("/{id}/revoke")
    View revoke(Page page, @PathVariable String id) {
        operations.run(page.reader().actor(), revoke, new RevokeToken.Input(id), Mode.APPLY);
        return views.redirect(page.to("/account/tokens"));
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

    private View show(Page page, Form form, @Nullable String fresh) {
        int status = form.problem() == null ? 200 : form.problem().status();
        List<Target> places = view.places(page.reader().actor());
        List<AccessToken> own = tokens.all(page.reader().team().id(), page.reader().actor().id());
        Map<String, String> names = new HashMap<>();
        places.forEach(each -> names.put(each.id(), each.name()));
        own.forEach(each -> names.put(each.id(), each.name()));
        return views.page(
                status,
                page,
                "account/tokenpage",
                "tokens",
                own.stream().map(token -> TokenRow.of(token, names)).toList(),
                "places",
                places,
                "form",
                form,
                "fresh",
                Optional.ofNullable(fresh));
    }
}
