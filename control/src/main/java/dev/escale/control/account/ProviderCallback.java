package dev.escale.control.account;

import dev.escale.control.operation.Origin;
import dev.escale.control.operation.Origins;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.provider.Identified;
import dev.escale.control.provider.Provider;
import dev.escale.control.team.Team;
import dev.escale.control.web.Views;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/**
 * Back from a provider. Nothing is believed that does not carry the state of the browser's own
 * session, so that nobody is sent here with somebody else's code.
 */
@Controller
class ProviderCallback {
    private final SignInAttempts attempts;
    private final ProviderAnswer answers;
    private final ProviderEntrance people;
    private final IdentityLinking linking;
    private final Entrance entrance;
    private final Origins origins;
    private final Views views;

    ProviderCallback(
            SignInAttempts attempts,
            ProviderAnswer answers,
            ProviderEntrance people,
            IdentityLinking linking,
            Entrance entrance,
            Origins origins,
            Views views) {
        this.attempts = attempts;
        this.answers = answers;
        this.people = people;
        this.entrance = entrance;
        this.linking = linking;
        this.origins = origins;
        this.views = views;
    }

    @GetMapping("/login/" + ProviderPages.PROVIDER + "/callback")
    View back(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String provider,
            @RequestParam @Nullable String state,
            @RequestParam @Nullable String code,
            @RequestParam @Nullable String error) {
        Provider from = Provider.parse(provider);
        SignInAttempt attempt = attempts.take(request, from, state).orElse(null);
        if (attempt == null) {
            return refused(from, SignInRefusal.STATE);
        }
        try {
            String next =
                    arrived(request, response, attempt, () -> answers.read(attempt, code, error));
            return views.redirect(next);
        } catch (ProblemException refused) {
            return refused(attempt, refused);
        }
    }

    /**
     * @return where to go now
     */
    private String arrived(
            HttpServletRequest request,
            HttpServletResponse response,
            SignInAttempt attempt,
            Supplier<Identified> who) {
        Origin origin = origins.of(request, Origin.Via.PAGE);
        return switch (attempt.purpose()) {
            case ENTER -> {
                var entered = people.enter(who.get(), origin);
                entrance.open(request, response, entered.person(), entered.how());
                yield Next.safe(attempt.next());
            }
            case JOIN -> {
                var entered = people.join(who.get(), attempt.subject(), origin);
                Team team = entered.team().orElseThrow();
                entrance.open(request, response, entered.person(), team.id(), entered.how());
                yield "/" + team.slug() + "/apps";
            }
            case LINK -> {
                linking.link(request, attempt, who);
                yield attempt.next();
            }
        };
    }

    /** What is wrong with an invitation, its own page says. */
    private View refused(SignInAttempt attempt, ProblemException refused) {
        String code = refused.problem().code();
        if (code.startsWith("invitation.")) {
            String by =
                    code.equals("invitation.otherAddress")
                            ? "?unverified=" + attempt.provider().text()
                            : "";
            return views.redirect("/invitations/" + attempt.subject() + by);
        }
        return refused(attempt.provider(), SignInRefusal.of(code).orElseThrow(() -> refused));
    }

    private View refused(Provider provider, SignInRefusal refusal) {
        return views.redirect("/login/" + provider.text() + "/refused/" + refusal.code());
    }
}
