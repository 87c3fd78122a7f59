package dev.escale.control.account;

import dev.escale.control.ControlConfig;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Actor;
import dev.escale.control.provider.Providers;
import dev.escale.control.team.Departure;
import dev.escale.control.team.InvitationLinks;
import dev.escale.control.team.Recovery;
import java.net.URI;
import org.springframework.stereotype.Component;

/** What teams need of accounts. */
@Component
class AccountsOfTeams implements InvitationLinks, Departure, Recovery {
    private final Database database;
    private final Actors actors;
    private final Tokens tokens;
    private final SignInLinks links;
    private final Providers providers;
    private final URI publicUrl;

    AccountsOfTeams(
            Database database,
            Actors actors,
            Tokens tokens,
            SignInLinks links,
            Providers providers,
            ControlConfig config) {
        this.database = database;
        this.providers = providers;
        this.links = links;
        this.actors = actors;
        this.tokens = tokens;
        this.publicUrl = config.publicUrl();
    }

    @Override
    public Fresh fresh() {
        String text = TokenText.fresh("");
        return new Fresh(URI.create(publicUrl + "/invitations/" + text), TokenText.hash(text));
    }

    @Override
    public boolean othersVerifyAddresses() {
        return !providers.offered().isEmpty();
    }

    @Override
    public String person(Actor actor) {
        return actors.person(actor);
    }

    @Override
    public Maker maker(Actor actor) {
        return actors.maker(actor);
    }

    @Override
    public URI link(String person, Actor maker) {
        return database.write(maker.team(), tx -> links.make(person, actors.maker(maker)));
    }

    @Override
    public void left(TeamId team, String person) {
        tokens.revokeAll(team, person);
    }
}
