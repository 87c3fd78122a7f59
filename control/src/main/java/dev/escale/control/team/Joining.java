package dev.escale.control.team;

import dev.escale.control.db.Database;
import dev.escale.control.db.Ids;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ActorType;
import dev.escale.control.operation.AuditTrail;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Origin;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Accepts invitations. Whoever accepts does not belong to the team yet, so that this is no
 * operation; it is written down in the team's record all the same.
 */
@Component
public class Joining {
    private final Database database;
    private final TeamInvitations invitations;
    private final Members members;
    private final GrantDesk desk;
    private final AuditTrail audit;
    private final TeamFeed feed;
    private final Clock clock;

    Joining(
            Database database,
            TeamInvitations invitations,
            Members members,
            GrantDesk desk,
            AuditTrail audit,
            TeamFeed feed,
            Clock clock) {
        this.database = database;
        this.invitations = invitations;
        this.members = members;
        this.desk = desk;
        this.audit = audit;
        this.feed = feed;
        this.clock = clock;
    }

    /**
     * @param id of the person who accepts
     */
    public record Newcomer(String id, String name, @Nullable String email) {}

    /**
     * @param hash of the text in the link
     */
    public Optional<Invitation> find(String hash) {
        return invitations.ofLink(hash);
    }

    /**
     * Why it cannot be accepted by this person, before they try.
     *
     * @param newcomer null: somebody without an account
     * @throws ProblemException 410 {@code invitation.accepted}, {@code …revoked} or {@code
     *     …expired}, 409 {@code invitation.youBelong}, 403 {@code invitation.otherAddress}, 410
     *     {@code invitation.inviterGone}
     */
    public void check(Invitation invitation, @Nullable Newcomer newcomer) {
        Invitation.State state = invitation.state(clock.instant());
        if (newcomer != null && members.find(invitation.team(), newcomer.id()).isPresent()) {
            throw ProblemException.of(409, "invitation.youBelong");
        }
        if (state != Invitation.State.OPEN) {
            throw ProblemException.of(410, Invitation.over(state));
        }
        String bound = invitation.email();
        if (newcomer != null
                && bound != null
                && newcomer.email() != null
                && !bound.equalsIgnoreCase(newcomer.email())) {
            throw ProblemException.of(
                    403, "invitation.otherAddress", "email", bound, "yours", newcomer.email());
        }
        refuseIfInviterMayNotAnyMore(invitation);
    }

    /** Uses the invitation up, and makes the person a member. */
    public void accept(Invitation found, Newcomer newcomer, Origin origin) {
        database.write(
                found.team(),
                tx -> {
                    Database.queueUp(tx, found.team());
                    Invitation invitation =
                            invitations
                                    .find(found.team(), found.id())
                                    .orElseThrow(
                                            () ->
                                                    ProblemException.of(
                                                            404, "invitation.noSuchLink"));
                    check(invitation, newcomer);
                    if (!invitations.accept(invitation, newcomer.id())) {
                        throw ProblemException.of(410, "invitation.accepted");
                    }
                    members.join(invitation.team(), newcomer.id(), invitation.grants());
                    audit.record(joined(invitation, newcomer, origin));
                    feed.rights(invitation.team(), newcomer.id());
                    feed.changed(invitation.team(), "joined");
                    return invitation;
                });
    }

    /** Somebody who was shown the door must not leave a way in for others. */
    private void refuseIfInviterMayNotAnyMore(Invitation invitation) {
        Grants grants =
                members.grants(invitation.team(), invitation.inviterId()).orElse(Grants.NONE);
        var inviter =
                new Actor(
                        ActorType.PERSON,
                        invitation.inviterId(),
                        invitation.inviter(),
                        invitation.team(),
                        grants,
                        Origin.SYSTEM,
                        Locale.ENGLISH);
        try {
            desk.refuseMoreThanOwn(inviter, invitation.grants());
        } catch (ProblemException more) {
            throw ProblemException.of(
                    410, "invitation.inviterGone", "inviter", invitation.inviter());
        }
        if (!inviter.may("member.invite")) {
            throw ProblemException.of(
                    410, "invitation.inviterGone", "inviter", invitation.inviter());
        }
    }

    private AuditTrail.Line joined(Invitation invitation, Newcomer newcomer, Origin origin) {
        var actor =
                new Actor(
                        ActorType.PERSON,
                        newcomer.id(),
                        newcomer.name(),
                        invitation.team(),
                        Grants.NONE,
                        origin,
                        Locale.ENGLISH);
        return AuditTrail.Line.event(
                Ids.random("op"),
                actor,
                "member.join",
                Target.of("person", newcomer.id(), newcomer.name()),
                "done",
                Detail.of("invitation", invitation.id(), "inviter", invitation.inviter()));
    }
}
