package dev.escale.control.account;

import dev.escale.control.operation.Actor;
import dev.escale.control.team.Teams;
import dev.escale.control.web.Place;
import dev.escale.control.web.Visitor;
import dev.escale.control.web.Visitors;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
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
        return actors.of(request).map(this::visitor);
    }

    private Visitor visitor(Actor actor) {
        List<Place> places =
                teams.of(actor.id()).stream()
                        .map(team -> new Place(team.id(), team.slug(), team.name()))
                        .toList();
        Place here =
                places.stream()
                        .filter(place -> place.id().equals(actor.team()))
                        .findFirst()
                        .orElseThrow();
        return new Visitor(actor, here, places);
    }
}
