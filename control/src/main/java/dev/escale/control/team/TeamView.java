package dev.escale.control.team;

import dev.escale.control.mail.LetterState;
import dev.escale.control.mail.Letters;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Scope;
import dev.escale.control.operation.Target;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A team's members, invitations and roles as its doors show them. */
@Component
public class TeamView {
    private final Teams teams;
    private final Members members;
    private final TeamInvitations invitations;
    private final Roles roles;
    private final GrantDesk desk;
    private final Letters letters;
    private final Clock clock;

    TeamView(
            Teams teams,
            Members members,
            TeamInvitations invitations,
            Roles roles,
            GrantDesk desk,
            Letters letters,
            Clock clock) {
        this.teams = teams;
        this.members = members;
        this.invitations = invitations;
        this.roles = roles;
        this.desk = desk;
        this.letters = letters;
        this.clock = clock;
    }

    /**
     * @param role id
     * @param target id of the server or app; null for the team, and when it is a secret to the
     *     reader
     */
    public record GrantShown(
            String role,
            String roleName,
            boolean builtIn,
            String scope,
            @Nullable String target,
            @Nullable String targetName) {
        /** As forms send it. */
        public String place() {
            return target == null ? scope : scope + ":" + target;
        }
    }

    /**
     * @param person id
     */
    public record MemberShown(
            String person,
            String name,
            @Nullable String email,
            List<GrantShown> grants,
            Instant since) {}

    /**
     * Of the mail with the link.
     *
     * @param state {@code waiting}, {@code sent} or {@code failed}
     * @param error what the mail server said the last time
     * @param link of one that failed, to be sent another way; for whoever may give what it gives
     */
    public record MailShown(String state, @Nullable String error, @Nullable URI link) {
        @Override
        public String toString() {
            return "MailShown[" + state + ", •••]";
        }
    }

    /**
     * @param state {@code open}, {@code accepted}, {@code revoked} or {@code expired}
     * @param mail null when none was to be sent
     */
    public record InvitationShown(
            String id,
            @Nullable String email,
            List<GrantShown> grants,
            String inviter,
            String state,
            Instant createdAt,
            Instant expiresAt,
            @Nullable MailShown mail) {}

    /**
     * @param permissions sorted; {@code *} is all there is and will be
     */
    public record RoleShown(String id, String name, boolean builtIn, Set<String> permissions) {
        static RoleShown of(Role role) {
            return new RoleShown(
                    role.id(), role.name(), role.builtIn(), new TreeSet<>(role.permissions()));
        }
    }

    public record TeamShown(String id, String slug, String name) {
        public static TeamShown of(Team team) {
            return new TeamShown(team.id().value(), team.slug(), team.name());
        }
    }

    public TeamShown team(Actor actor) {
        return TeamShown.of(teams.find(actor.team()).orElseThrow());
    }

    public List<MemberShown> members(Actor actor) {
        return members.all(actor.team()).stream().map(member -> show(actor, member)).toList();
    }

    public MemberShown show(Actor actor, Member member) {
        return new MemberShown(
                member.person(),
                member.name(),
                member.email(),
                show(actor, member.grants()),
                member.since());
    }

    /** Newest first. */
    public List<InvitationShown> invitations(Actor actor) {
        Map<String, LetterState> mail = letters.states(actor.team());
        return invitations.all(actor.team()).stream()
                .map(invitation -> show(actor, invitation, mail.get(invitation.id())))
                .toList();
    }

    public InvitationShown show(Actor actor, Invitation invitation) {
        return show(actor, invitation, letters.states(actor.team()).get(invitation.id()));
    }

    private InvitationShown show(Actor actor, Invitation invitation, @Nullable LetterState letter) {
        return new InvitationShown(
                invitation.id(),
                invitation.email(),
                show(actor, invitation.grants()),
                invitation.inviter(),
                invitation.state(clock.instant()).name().toLowerCase(Locale.ROOT),
                invitation.createdAt(),
                invitation.expiresAt(),
                letter == null ? null : mail(actor, invitation, letter));
    }

    /** Whoever has the link could join with it, so that it takes the right to give these roles. */
    private MailShown mail(Actor actor, Invitation invitation, LetterState letter) {
        boolean failed = letter.state() == LetterState.State.FAILED;
        URI link =
                failed && desk.mayGive(actor, invitation.grants())
                        ? letters.link(actor.team(), invitation.id()).orElse(null)
                        : null;
        return new MailShown(letter.state().text(), letter.error(), link);
    }

    public List<RoleShown> roles(Actor actor) {
        return roles.all(actor.team()).stream().map(RoleShown::of).toList();
    }

    /** What a role can be narrowed to, servers first. */
    public List<Target> places(Actor actor) {
        return desk.targets().stream()
                .sorted(Comparator.comparing(ScopeTargets::kind))
                .flatMap(each -> each.all(actor).stream())
                .toList();
    }

    List<GrantShown> show(Actor actor, List<MemberGrant> grants) {
        List<Role> known = roles.all(actor.team());
        return grants.stream().map(grant -> show(actor, grant, known)).toList();
    }

    private GrantShown show(Actor actor, MemberGrant grant, List<Role> known) {
        Optional<Role> role =
                known.stream().filter(each -> each.id().equals(grant.role())).findFirst();
        Optional<Target> target =
                grant.scope().equals(Scope.TEAM)
                        ? Optional.empty()
                        : desk.target(actor, grant.scope());
        return new GrantShown(
                grant.role(),
                role.map(Role::name).orElse(grant.role()),
                role.map(Role::builtIn).orElse(false),
                grant.scope().kind().text(),
                target.map(Target::id).orElse(null),
                target.map(Target::name).orElse(null));
    }
}
