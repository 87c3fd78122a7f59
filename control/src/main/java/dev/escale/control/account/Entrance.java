package dev.escale.control.account;

import dev.escale.control.db.Ids;
import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.AuditTrail;
import dev.escale.control.operation.RefusedAttempts;
import dev.escale.control.operation.Target;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Lets in who has shown who they are, whichever way, and writes down who came in by what, or did
 * not. Whoever belongs to no team comes in too: to a page that says so.
 */
@Component
class Entrance {
    private static final String ACTION = "session.create";

    private final SessionStart sessions;
    private final ActorResolver actors;
    private final AuditTrail audit;
    private final RefusedAttempts refusals;

    Entrance(
            SessionStart sessions,
            ActorResolver actors,
            AuditTrail audit,
            RefusedAttempts refusals) {
        this.refusals = refusals;
        this.sessions = sessions;
        this.actors = actors;
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
        open(request, response, person, actors.person(person, request), how);
    }

    /**
     * As {@link #open(HttpServletRequest, HttpServletResponse, String, Map)}.
     *
     * @param team that they have come into
     */
    void open(
            HttpServletRequest request,
            HttpServletResponse response,
            String person,
            TeamId team,
            Map<String, String> how) {
        open(request, response, person, actors.person(person, team, request), how);
    }

    /**
     * @param why code of the refusal
     */
    void refused(HttpServletRequest request, String person, String why) {
        actors.person(person, request)
                .ifPresent(actor -> refusals.record(actor, ACTION, target(actor), why, Map.of()));
    }

    private void open(
            HttpServletRequest request,
            HttpServletResponse response,
            String person,
            Optional<Actor> actor,
            Map<String, String> how) {
        // what cannot be written down does not happen
        actor.ifPresent(each -> opened(each, how));
        sessions.begin(request, response, person);
    }

    private void opened(Actor actor, Map<String, String> how) {
        audit.record(
                AuditTrail.Line.event(Ids.random("op"), actor, ACTION, target(actor), "done", how));
    }

    private static Target target(Actor actor) {
        return Target.of("person", actor.id(), actor.name());
    }
}
