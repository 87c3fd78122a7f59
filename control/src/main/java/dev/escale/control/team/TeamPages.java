package dev.escale.control.team;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.Problem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Result;
import dev.escale.control.web.Form;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import gg.jte.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Pages of a team: its members and invitations, its settings, and how to begin another one. */
@Controller
@RequestMapping("/{team}")
class TeamPages {
    private final TeamView view;
    private final TeamOperations offered;
    private final Operations operations;
    private final InvitationMail mail;
    private final InvitationsPart invitations;
    private final Views views;

    TeamPages(
            TeamView view,
            TeamOperations offered,
            Operations operations,
            InvitationMail mail,
            InvitationsPart invitations,
            Views views) {
        this.view = view;
        this.mail = mail;
        this.invitations = invitations;
        this.offered = offered;
        this.operations = operations;
        this.views = views;
    }

    @GetMapping("/team")
    View members(Page page) {
        return members(page, Form.empty(), null);
    }

    /**
     * @param language of the mail
     * @param place {@code team}, or kind and id such as {@code app:app_x}
     */
    @PostMapping("/team/invitations")
    View invite(
            Page page,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String role,
            @RequestParam(defaultValue = "team") String place,
            @RequestParam(required = false) @Nullable String language) {
        Form form = Form.of("email", email, "role", role, "place", place);
        try {
            InviteMember.Invited invited =
                    operations
                            .run(
                                    actor(page),
                                    offered.invite(),
                                    new InviteMember.Input(
                                            email, List.of(grant(role, place)), language),
                                    Mode.APPLY)
                            .applied();
            return members(page, Form.empty(), invited);
        } catch (ProblemException refused) {
            return members(page, form.refused(refused.problem()), null);
        }
    }

    @PostMapping("/team/invitations/{id}/send")
    View send(Page page, @PathVariable String id) {
        operations.run(actor(page), offered.send(), new SendInvitation.Input(id), Mode.APPLY);
        return views.redirect(page.to("/team"));
    }

    @PostMapping("/team/invitations/{id}/revoke")
    View revoke(Page page, @PathVariable String id) {
        operations.run(actor(page), offered.revoke(), new RevokeInvitation.Input(id), Mode.APPLY);
        return views.redirect(page.to("/team"));
    }

    @GetMapping("/team/members/{person}")
    View member(Page page, @PathVariable String person) {
        return member(page, person, Form.empty());
    }

    /** Rows of the form; one without a role is left out. */
    @PostMapping("/team/members/{person}")
    View change(
            Page page,
            @PathVariable String person,
            @RequestParam(defaultValue = "") List<String> role,
            @RequestParam(defaultValue = "") List<String> place) {
        List<@Nullable GrantInput> grants = new ArrayList<>();
        for (int i = 0; i < role.size(); i++) {
            if (!role.get(i).isBlank()) {
                grants.add(grant(role.get(i), i < place.size() ? place.get(i) : "team"));
            }
        }
        try {
            operations.run(
                    actor(page),
                    offered.change(),
                    new UpdateMember.Input(person, grants),
                    Mode.APPLY);
        } catch (ProblemException refused) {
            return member(page, person, Form.empty().refused(refused.problem()));
        }
        return views.redirect(page.to("/team"));
    }

    @GetMapping("/team/members/{person}/remove")
    View askToRemove(Page page, @PathVariable String person) {
        return removal(page, person, null);
    }

    @PostMapping("/team/members/{person}/remove")
    View remove(
            Page page,
            @PathVariable String person,
            @RequestParam String plan,
            @RequestParam(defaultValue = "") String name) {
        if (!name.strip().equals(find(page, person).name())) {
            return removal(
                    page,
                    person,
                    page.rich("page.plan.nameWrong", "name", find(page, person).name()));
        }
        try {
            operations.apply(actor(page), plan);
        } catch (ProblemException stale) {
            if (!Plan.isStale(stale.problem())) {
                throw stale;
            }
            return removal(page, person, page.rich("page.plan.anew"));
        }
        return views.redirect(page.to("/team"));
    }

    @GetMapping("/team/settings")
    View settings(Page page) {
        return settings(page, Form.of("name", page.reader().team().name()));
    }

    @PostMapping("/team/settings")
    View rename(Page page, @RequestParam(defaultValue = "") String name) {
        try {
            operations.run(actor(page), offered.update(), new UpdateTeam.Input(name), Mode.APPLY);
        } catch (ProblemException refused) {
            return settings(page, Form.of("name", name).refused(refused.problem()));
        }
        return views.redirect(page.to("/team/settings"));
    }

    @GetMapping("/team/leave")
    View askToLeave(Page page) {
        return leaving(page, null);
    }

    @PostMapping("/team/leave")
    View leave(Page page, @RequestParam String plan, @RequestParam(defaultValue = "") String name) {
        String team = page.reader().team().name();
        if (!name.strip().equals(team)) {
            return leaving(page, page.rich("page.plan.nameWrong", "name", team));
        }
        try {
            operations.apply(actor(page), plan);
        } catch (ProblemException stale) {
            if (!Plan.isStale(stale.problem())) {
                throw stale;
            }
            return leaving(page, page.rich("page.plan.anew"));
        }
        return views.redirect("/");
    }

    @GetMapping("/teams/new")
    View another(Page page) {
        return views.page(page, "team/new", "form", Form.empty());
    }

    @PostMapping("/teams")
    View create(Page page, @RequestParam(defaultValue = "") String name) {
        Form form = Form.of("name", name);
        try {
            Team made =
                    operations
                            .run(
                                    actor(page),
                                    offered.create(),
                                    new CreateTeam.Input(name, null),
                                    Mode.APPLY)
                            .applied();
            return views.redirect("/" + made.slug() + "/team");
        } catch (ProblemException refused) {
            Form shown = form.refused(refused.problem());
            return views.page(refused.problem().status(), page, "team/new", "form", shown);
        }
    }

    private View members(Page page, Form form, InviteMember.@Nullable Invited fresh) {
        Actor actor = actor(page);
        int status = form.problem() == null ? 200 : form.problem().status();
        return views.page(
                status,
                page,
                "team/members",
                "members",
                view.members(actor),
                "invitations",
                invitations.open(actor),
                "invites",
                InvitationsPart.isFor(actor),
                "roles",
                view.roles(actor),
                "places",
                view.places(actor),
                "form",
                form,
                "mailed",
                mail.isOn(),
                "addresses",
                offered.invite().takesAddresses(),
                "fresh",
                Optional.ofNullable(fresh));
    }

    private View member(Page page, String person, Form form) {
        int status = form.problem() == null ? 200 : form.problem().status();
        return views.page(
                status,
                page,
                "team/member",
                "member",
                find(page, person),
                "roles",
                view.roles(actor(page)),
                "places",
                view.places(actor(page)),
                "form",
                form);
    }

    private View settings(Page page, Form form) {
        int status = form.problem() == null ? 200 : form.problem().status();
        String self = actor(page).id();
        List<TeamView.MemberShown> others =
                view.members(actor(page)).stream()
                        .filter(each -> !each.person().equals(self))
                        .toList();
        return views.page(
                status,
                page,
                "team/settings",
                "form",
                form,
                "others",
                others,
                "staying",
                obstacle(() -> offered.leave().refuseLastOwner(actor(page))),
                "lasting",
                obstacle(() -> offered.end().refuseTheOnlyOne(actor(page))));
    }

    /** What would be refused now is not offered, and the reason stands in its place. */
    private static Optional<Problem> obstacle(Runnable rule) {
        try {
            rule.run();
            return Optional.empty();
        } catch (ProblemException refused) {
            return Optional.of(refused.problem());
        }
    }

    private View removal(Page page, String person, @Nullable Content mistake) {
        TeamView.MemberShown member = find(page, person);
        Result.Planned<?> planned =
                (Result.Planned<?>)
                        operations.run(
                                actor(page),
                                offered.remove(),
                                new RemoveMember.Input(person),
                                Mode.DRY_RUN);
        return views.page(
                page,
                "team/remove",
                "member",
                member,
                "planned",
                planned,
                "mistake",
                Optional.ofNullable(mistake));
    }

    private View leaving(Page page, @Nullable Content mistake) {
        Result.Planned<?> planned =
                (Result.Planned<?>)
                        operations.run(
                                actor(page), offered.leave(), new LeaveTeam.Input(), Mode.DRY_RUN);
        return views.page(
                page, "team/leave", "planned", planned, "mistake", Optional.ofNullable(mistake));
    }

    private TeamView.MemberShown find(Page page, String person) {
        return view.members(actor(page)).stream()
                .filter(each -> each.person().equals(person))
                .findFirst()
                .orElseThrow(() -> ProblemException.of(404, "member.unknown", "person", person));
    }

    static GrantInput grant(String role, String place) {
        String[] parts = place.split(":", 2);
        return new GrantInput(role, parts[0], parts.length < 2 ? null : parts[1]);
    }

    private static Actor actor(Page page) {
        return page.reader().actor();
    }
}
