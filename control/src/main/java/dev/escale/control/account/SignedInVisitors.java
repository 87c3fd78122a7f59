package dev.escale.control.account;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.team.Teams;
import dev.escale.control.web.Place;
import dev.escale.control.web.Preferences;
import dev.escale.control.web.Visitor;
import dev.escale.control.web.Visitors;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Whoever has a session. */
@Component
class SignedInVisitors implements Visitors {
    private static final Set<String> DOORS = Set.of("/login", "/invitations/");

    private final ActorResolver actors;
    private final Persons persons;
    private final Teams teams;

    SignedInVisitors(ActorResolver actors, Persons persons, Teams teams) {
        this.persons = persons;
        this.actors = actors;
        this.teams = teams;
    }

    /** At the doors that lead into a team, somebody who belongs to none is nobody yet. */
    @Override
    public Optional<Visitor> of(HttpServletRequest request) {
        try {
            return actors.of(request).map(this::visitor);
        } catch (ProblemException refused) {
            if (refused.problem().code().equals("team.none")
                    && DOORS.stream().anyMatch(request.getRequestURI()::startsWith)) {
                return Optional.empty();
            }
            throw refused;
        }
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
        Preferences preferences =
                persons.find(actor.id()).map(Person::preferences).orElse(Preferences.NONE);
        return new Visitor(actor, here, places, preferences);
    }
}
