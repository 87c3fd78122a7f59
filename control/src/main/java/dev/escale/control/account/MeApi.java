package dev.escale.control.account;

import dev.escale.control.operation.Actor;
import dev.escale.control.team.Team;
import dev.escale.control.team.Teams;
import java.util.List;
import java.util.Set;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who asks, and for which teams they may ask, over REST. */
@RestController
@RequestMapping("/api/v1")
class MeApi {
    private final Teams teams;
    private final Actors actors;
    private final IdentityRows identities;

    MeApi(Teams teams, Actors actors, IdentityRows identities) {
        this.teams = teams;
        this.actors = actors;
        this.identities = identities;
    }

    /**
     * @param type {@code person} or {@code token}
     */
    record Me(
            String type,
            String id,
            String person,
            String name,
            TeamView team,
            Set<String> permissions,
            List<IdentityRow> identities) {}

    record TeamView(String id, String slug, String name) {
        static TeamView of(Team team) {
            return new TeamView(team.id().value(), team.slug(), team.name());
        }
    }

    @GetMapping("/me")
    Me show(Actor actor) {
        String person = actors.person(actor);
        return new Me(
                actor.type().text(),
                actor.id(),
                person,
                actor.name(),
                TeamView.of(teams.find(actor.team()).orElseThrow()),
                actor.grants().names(),
                identities.of(person));
    }

    @GetMapping("/teams")
    Items<TeamView> teams(Actor actor) {
        return Items.all(teams.of(actors.person(actor)).stream().map(TeamView::of).toList());
    }
}
