package dev.escale.control.team;

import dev.escale.control.language.Messages;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Fault;
import dev.escale.control.operation.Fingerprint;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code member.invite}: a link that lets one person in, once; sent to them if it can be. */
@Component
public class InviteMember implements Operation<InviteMember.Input, InviteMember.Invited> {
    private static final Pattern EMAIL =
            Pattern.compile("[^@\\s,;<>\"]{1,64}@[^@\\s,;<>\"]{1,255}");

    private static final Set<String> LANGUAGES =
            Messages.LANGUAGES.stream().map(Locale::getLanguage).collect(Collectors.toSet());

    private final TeamInvitations invitations;
    private final Members members;
    private final GrantDesk desk;
    private final InvitationLinks links;
    private final InvitationMail mail;

    InviteMember(
            TeamInvitations invitations,
            Members members,
            GrantDesk desk,
            InvitationLinks links,
            InvitationMail mail) {
        this.invitations = invitations;
        this.members = members;
        this.desk = desk;
        this.links = links;
        this.mail = mail;
    }

    /**
     * @param email of the only one who may accept it; null: whoever has the link
     * @param language of the mail, {@code en} or {@code fr}; null: that of whoever invites
     */
    public record Input(
            @Nullable String email,
            @Nullable List<@Nullable GrantInput> grants,
            @Nullable String language) {
        @Nullable String address() {
            return email == null || email.isBlank() ? null : email.strip();
        }
    }

    /**
     * @param link shown this once; null when it is on its way by mail
     */
    public record Invited(Invitation invitation, @Nullable URI link) {
        @Override
        public String toString() {
            return "Invited[" + invitation.id() + ", •••]";
        }
    }

    @Override
    public String name() {
        return "member.invite";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Map<String, String> asked(Input input) {
        return Detail.of("email", input.address(), "grants", input.grants());
    }

    @Override
    public Target target(Actor actor, Input input) {
        return Target.of("invitation", "", named(input));
    }

    @Override
    public Target done(Target planned, Invited invited) {
        return Target.of("invitation", invited.invitation().id(), planned.name());
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        String email = input.address();
        if (email != null && !EMAIL.matcher(email).matches()) {
            ProblemException.throwIfAny(List.of(Fault.of("email", "invitation.email")));
        }
        String language = input.language();
        if (language != null && !LANGUAGES.contains(language)) {
            ProblemException.throwIfAny(
                    List.of(Fault.of("language", "invitation.language", "language", language)));
        }
        if (email != null && belongs(actor, email)) {
            throw ProblemException.of(409, "invitation.memberAlready", "email", email);
        }
        if (email != null && !takesAddresses()) {
            ProblemException.throwIfAny(List.of(Fault.of("email", "invitation.noProof")));
        }
        mail.checkOneMore(actor, email);
        List<MemberGrant> grants = desk.read(actor, input.grants());
        desk.refuseMoreThanOwn(actor, grants);
        return Plan.of(
                Fingerprint.of(email, grants),
                PlanItem.of(
                        "+",
                        email == null ? "plan.member.inviteAnyone" : "plan.member.invite",
                        "email",
                        String.valueOf(email),
                        "roles",
                        desk.text(actor, grants)));
    }

    @Override
    public Invited apply(Actor actor, Input input, Plan plan) {
        InvitationLinks.Fresh fresh = links.fresh();
        String language = input.language();
        return mail.send(
                actor,
                () ->
                        invitations.make(
                                actor.team(),
                                links.maker(actor),
                                input.address(),
                                desk.read(actor, input.grants()),
                                fresh.hash()),
                fresh.link(),
                language == null ? actor.locale() : Locale.of(language));
    }

    /** Whether there is a way to show that an address is one's own. */
    boolean takesAddresses() {
        return mail.isOn() || links.othersVerifyAddresses();
    }

    private boolean belongs(Actor actor, String email) {
        return members.all(actor.team()).stream()
                .map(Member::email)
                .filter(Objects::nonNull)
                .anyMatch(email::equalsIgnoreCase);
    }

    private static String named(Input input) {
        String email = input.address();
        return email == null ? "" : email;
    }
}
