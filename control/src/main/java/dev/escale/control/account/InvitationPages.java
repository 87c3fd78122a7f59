package dev.escale.control.account;

import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Origin;
import dev.escale.control.operation.Origins;
import dev.escale.control.operation.Problem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.provider.Provider;
import dev.escale.control.provider.Providers;
import dev.escale.control.team.Invitation;
import dev.escale.control.team.Joining;
import dev.escale.control.team.Team;
import dev.escale.control.team.Teams;
import dev.escale.control.web.Form;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/**
 * Where the link of an invitation leads: signed in, to joining as oneself; signed out, to a new
 * account or to signing in first. Opening it uses nothing up.
 */
@Controller
@RequestMapping("/invitations/{text}")
class InvitationPages {
    private final Joining joining;
    private final Teams teams;
    private final Persons persons;
    private final Newcomers newcomers;
    private final Entrance entrance;
    private final Origins origins;
    private final Providers providers;
    private final Views views;

    InvitationPages(
            Joining joining,
            Teams teams,
            Persons persons,
            Newcomers newcomers,
            Entrance entrance,
            Origins origins,
            Providers providers,
            Views views) {
        this.joining = joining;
        this.teams = teams;
        this.persons = persons;
        this.newcomers = newcomers;
        this.entrance = entrance;
        this.origins = origins;
        this.providers = providers;
        this.views = views;
    }

    /**
     * @param unverified the provider of an account that has not verified the address
     */
    @GetMapping
    View show(
            Page page,
            HttpServletResponse response,
            @PathVariable String text,
            @RequestParam(required = false) @Nullable String unverified) {
        Invitation invitation = find(text);
        Optional<Person> reader = reader();
        try {
            joining.check(invitation, reader.map(newcomers::of).orElse(null));
        } catch (ProblemException refused) {
            return refused(page, response, invitation, refused.problem());
        }
        return view(page, response, text, invitation, reader, told(invitation, unverified));
    }

    private static Form told(Invitation invitation, @Nullable String unverified) {
        String email = invitation.email();
        return Arrays.stream(Provider.values())
                .filter(each -> email != null && each.text().equals(unverified))
                .map(each -> notVerified(each, email))
                .findFirst()
                .orElse(Form.empty());
    }

    private static Form notVerified(Provider provider, @Nullable String email) {
        return Form.empty()
                .refused(
                        Problem.of(
                                403,
                                "invitation.notVerified",
                                "provider",
                                provider.label(),
                                "email",
                                String.valueOf(email)));
    }

    /**
     * @param name of a new account; nothing when somebody is signed in
     */
    @PostMapping
    View join(
            Page page,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String text,
            @RequestParam(defaultValue = "") String name) {
        Invitation invitation = find(text);
        Optional<Person> reader = reader();
        Origin origin = origins.of(request, Origin.Via.PAGE);
        try {
            if (reader.isPresent()) {
                joining.accept(invitation, newcomers.of(reader.get()), origin);
            } else {
                Person made = newcomers.begin(invitation, name.strip(), origin);
                entrance.open(
                        request,
                        response,
                        made.id(),
                        invitation.team(),
                        Detail.of("means", "invitation", "invitation", invitation.id()));
            }
        } catch (ProblemException refused) {
            if (refused.problem().faults().isEmpty()) {
                joining.refused(
                        invitation,
                        reader.map(newcomers::of).orElseGet(() -> Newcomers.stranger(name.strip())),
                        origin,
                        refused.problem().code(),
                        Map.of());
                return refused(page, response, invitation, refused.problem());
            }
            Form form = Form.of("name", name).refused(refused.problem());
            return view(page, response, text, invitation, reader, form);
        }
        return views.redirect("/" + team(invitation).slug() + "/apps");
    }

    private View view(
            Page page,
            HttpServletResponse response,
            String text,
            Invitation invitation,
            Optional<Person> reader,
            Form form) {
        secretAddress(response);
        int status = form.problem() == null ? 200 : form.problem().status();
        return views.page(
                status,
                page,
                "account/invitation",
                "text",
                text,
                "team",
                team(invitation).name(),
                "inviter",
                invitation.inviter(),
                "email",
                Optional.ofNullable(invitation.email()),
                "linkAlone",
                joining.letsInByTheLinkAlone(invitation),
                "reader",
                reader.map(Person::name),
                "providers",
                providers.offered(),
                "form",
                form);
    }

    private View refused(
            Page page, HttpServletResponse response, Invitation invitation, Problem problem) {
        secretAddress(response);
        return views.page(
                problem.status(),
                page,
                "account/invitationover",
                "problem",
                problem,
                "signedIn",
                reader().isPresent(),
                "to",
                problem.code().equals("invitation.youBelong")
                        ? "/" + team(invitation).slug() + "/apps"
                        : "/");
    }

    /** The link is a secret: no site that is linked to from here may learn it. */
    private static void secretAddress(HttpServletResponse response) {
        response.setHeader("Referrer-Policy", "no-referrer");
    }

    private Invitation find(String text) {
        return joining.find(TokenText.hash(text))
                .orElseThrow(() -> ProblemException.of(404, "invitation.noSuchLink"));
    }

    private Team team(Invitation invitation) {
        return teams.find(invitation.team()).orElseThrow();
    }

    private Optional<Person> reader() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn signedIn
                ? persons.find(signedIn.getPrincipal())
                : Optional.empty();
    }
}
