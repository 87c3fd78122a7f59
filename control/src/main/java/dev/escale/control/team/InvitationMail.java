package dev.escale.control.team;

import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.mail.Letter;
import dev.escale.control.mail.LetterState;
import dev.escale.control.mail.Letters;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ProblemException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sends an invitation to the address that it is for; without a mail server the link is shown. */
@Component
class InvitationMail {
    private final Database database;
    private final Letters letters;
    private final TeamInvitations invitations;
    private final OpenInvitations open;
    private final Teams teams;
    private final TeamFeed feed;

    InvitationMail(
            Database database,
            Letters letters,
            TeamInvitations invitations,
            OpenInvitations open,
            Teams teams,
            TeamFeed feed) {
        this.invitations = invitations;
        this.open = open;
        this.database = database;
        this.letters = letters;
        this.teams = teams;
        this.feed = feed;
    }

    boolean isOn() {
        return letters.areSent();
    }

    /**
     * Whether one more may be sent there today.
     *
     * @throws ProblemException 429
     */
    void check(Actor actor, String email) {
        letters.check(actor.team(), email);
    }

    /**
     * Whether one more may be made.
     *
     * @param email null: for whoever has the link
     * @throws ProblemException 409 or 429
     */
    void checkOneMore(Actor actor, @Nullable String email) {
        open.refuseIfTooMany(actor.team());
        if (email != null && isOn()) {
            check(actor, email);
        }
    }

    /**
     * Whether nobody has seen the link but who reads the mail of the address that it was sent to.
     * The link in a letter that could not be delivered may have been shown to members.
     */
    boolean isOnlyInTheMailOf(Invitation invitation) {
        return letters.state(invitation.team(), invitation.id())
                .filter(letter -> letter.state() != LetterState.State.FAILED)
                .isPresent();
    }

    /**
     * @return the address that it could not be delivered to
     * @throws ProblemException 409 {@code invitation.noMail} or {@code invitation.notFailed}
     */
    String undelivered(Invitation invitation) {
        if (!isOn()) {
            throw ProblemException.of(409, "invitation.noMail");
        }
        String email = invitation.email();
        boolean failed =
                letters.state(invitation.team(), invitation.id())
                        .filter(letter -> letter.state() == LetterState.State.FAILED)
                        .isPresent();
        if (email == null || !failed) {
            throw ProblemException.of(409, "invitation.notFailed");
        }
        return email;
    }

    /** Once more, with this link in place of the one before. */
    void sendAgain(Actor actor, Invitation invitation, InvitationLinks.Fresh fresh) {
        TeamId team = invitation.team();
        database.write(
                team,
                tx -> {
                    Database.queueUp(tx, team);
                    String email = undelivered(invitation);
                    Locale language =
                            letters.language(team, invitation.id()).orElse(actor.locale());
                    invitations.renew(invitation, fresh.hash());
                    letters.queue(team, letter(actor, invitation, email, fresh.link(), language));
                    return invitation;
                });
        feed.changed(team, "sent");
    }

    /** Both the invitation and its letter, or neither. */
    InviteMember.Invited send(Actor actor, Supplier<Invitation> make, URI link, Locale language) {
        InviteMember.Invited invited =
                database.write(
                        actor.team(),
                        tx -> {
                            Database.queueUp(tx, actor.team());
                            open.refuseIfTooMany(actor.team());
                            Invitation invitation = make.get();
                            String email = invitation.email();
                            if (email == null || !isOn()) {
                                return new InviteMember.Invited(invitation, link);
                            }
                            letters.queue(
                                    actor.team(), letter(actor, invitation, email, link, language));
                            return new InviteMember.Invited(invitation, null);
                        });
        feed.changed(actor.team(), "invited");
        return invited;
    }

    private Letter letter(
            Actor actor, Invitation invitation, String email, URI link, Locale language) {
        String team = teams.find(actor.team()).map(Team::name).orElse("");
        return new Letter(
                invitation.id(),
                "invitation",
                email,
                language,
                Map.of(
                        "inviter",
                        invitation.inviter(),
                        "team",
                        team,
                        "email",
                        email,
                        "host",
                        link.getHost()),
                link);
    }
}
