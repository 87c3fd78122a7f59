package dev.escale.control.team;

import dev.escale.control.db.Database;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ActorType;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Origin;
import dev.escale.control.operation.ProblemException;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final InvitationMail mail;
    private final JoinRecord record;
    private final TeamFeed feed;
    private final Clock clock;

    Joining(
            Database database,
            TeamInvitations invitations,
            Members members,
            GrantDesk desk,
            InvitationMail mail,
            JoinRecord record,
            TeamFeed feed,
            Clock clock) {
        this.database = database;
        this.invitations = invitations;
        this.members = members;
        this.desk = desk;
        this.mail = mail;
        this.record = record;
        this.feed = feed;
        this.clock = clock;
    }

    /**
     * Who accepts.
     *
     * @param id of the person; empty for somebody without an account
     * @param addresses that are theirs: a provider has verified them, or they have read mail there
     */
    public record Newcomer(String id, String name, Set<String> addresses) {
        public Newcomer {
            addresses = Set.copyOf(addresses);
        }

        private boolean has(String address) {
            return addresses.stream().anyMatch(address::equalsIgnoreCase);
        }
    }

    /**
     * @param hash of the text in the link
     */
    public Optional<Invitation> find(String hash) {
        return invitations.ofLink(hash);
    }

    /**
     * Why it cannot be accepted by this person, before they try. One rule for every door: who
     * accepts an invitation for an address must have shown that it is theirs, by having the link
     * that was in the mail there and nowhere else, or by an account that has the address.
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
                && !newcomer.has(bound)
                && !mail.isOnlyInTheMailOf(invitation)) {
            throw ProblemException.of(403, "invitation.otherAddress", "email", bound);
        }
        refuseIfInviterMayNotAnyMore(invitation);
    }

    /** Whether having the link shows that the address is theirs, or no address is asked for. */
    public boolean letsInByTheLinkAlone(Invitation invitation) {
        return invitation.email() == null || mail.isOnlyInTheMailOf(invitation);
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
                    record.joined(invitation, newcomer, origin);
                    feed.rights(invitation.team(), newcomer.id());
                    feed.changed(invitation.team(), "joined");
                    return invitation;
                });
    }

    /**
     * Writes down that somebody could not accept it.
     *
     * @param why code of the refusal
     * @param detail more about who it was
     */
    public void refused(
            Invitation invitation,
            Newcomer newcomer,
            Origin origin,
            String why,
            Map<String, String> detail) {
        record.refused(invitation, newcomer, origin, why, detail);
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
}
