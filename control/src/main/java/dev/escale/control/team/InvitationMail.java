package dev.escale.control.team;

import dev.escale.control.db.Database;
import dev.escale.control.mail.Letter;
import dev.escale.control.mail.Letters;
import dev.escale.control.operation.Actor;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Sends an invitation to the address that it is for; without a mail server the link is shown. */
@Component
class InvitationMail {
    private final Database database;
    private final Letters letters;
    private final Teams teams;
    private final TeamFeed feed;

    InvitationMail(Database database, Letters letters, Teams teams, TeamFeed feed) {
        this.database = database;
        this.letters = letters;
        this.teams = teams;
        this.feed = feed;
    }

    boolean isOn() {
        return letters.areSent();
    }

    /** Both the invitation and its letter, or neither. */
    InviteMember.Invited send(Actor actor, Supplier<Invitation> make, URI link, Locale language) {
        InviteMember.Invited invited =
                database.write(
                        actor.team(),
                        tx -> {
                            Database.queueUp(tx, actor.team());
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
