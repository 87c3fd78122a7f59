package dev.escale.control.account;

import dev.escale.control.db.Ids;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.AuditTrail;
import dev.escale.control.operation.RefusedAttempts;
import dev.escale.control.operation.Target;
import dev.escale.control.team.Teams;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Lets in who has shown who they are, and writes down who came in by what, or did not. */
@Component
class Entrance {
    private static final String ACTION = "session.create";

    private final SessionStart sessions;
    private final ActorResolver actors;
    private final Teams teams;
    private final AuditTrail audit;
    private final RefusedAttempts refusals;

    Entrance(
            SessionStart sessions,
            ActorResolver actors,
            Teams teams,
            AuditTrail audit,
            RefusedAttempts refusals) {
        this.refusals = refusals;
        this.sessions = sessions;
        this.actors = actors;
        this.teams = teams;
        this.audit = audit;
    }

    /**
     * @param how facts for the record, such as {@code means} with {@code link}
     */
    void open(
            HttpServletRequest request,
            HttpServletResponse response,
            String person,
            Map<String, String> how) {
        // what cannot be written down does not happen
        actor(person, request).ifPresent(actor -> opened(actor, how));
        sessions.begin(request, response, person);
    }

    /**
     * @param why code of the refusal
     */
    void refused(HttpServletRequest request, String person, String why) {
        actor(person, request)
                .ifPresent(actor -> refusals.record(actor, ACTION, target(actor), why, Map.of()));
    }

    /** Who belongs to no team has no record that it could stand in. */
    private Optional<Actor> actor(String person, HttpServletRequest request) {
        return teams.of(person).isEmpty() ? Optional.empty() : actors.person(person, request);
    }

    private void opened(Actor actor, Map<String, String> detail) {
        audit.record(
                AuditTrail.Line.event(
                        Ids.random("op"), actor, ACTION, target(actor), "done", detail));
    }

    private static Target target(Actor actor) {
        return Target.of("person", actor.id(), actor.name());
    }
}
