package dev.escale.control.account;

import dev.escale.control.team.Teams;
import dev.escale.control.web.Visitor;
import dev.escale.control.web.Visitors;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whoever has a session. */
@Component
class SignedInVisitors implements Visitors {
    private final ActorResolver actors;
    private final Teams teams;

    SignedInVisitors(ActorResolver actors, Teams teams) {
        this.actors = actors;
        this.teams = teams;
    }

    @Override
    public Optional<Visitor> of(HttpServletRequest request) {
        return actors.of(request)
                .flatMap(actor -> teams.find(actor.team()).map(team -> new Visitor(actor, team)));
    }
}
