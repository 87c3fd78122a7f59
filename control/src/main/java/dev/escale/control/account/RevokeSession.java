package dev.escale.control.account;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Signs one of the person's own browsers out. */
@Component
class RevokeSession implements Operation<RevokeSession.Input, RevokeSession.Revoked> {
    private final Sessions sessions;
    private final Actors actors;
    private final SessionFeed feed;

    RevokeSession(Sessions sessions, Actors actors, SessionFeed feed) {
        this.feed = feed;
        this.sessions = sessions;
        this.actors = actors;
    }

    record Input(String session) {}

    record Revoked(String id) {}

    @Override
    public String name() {
        return "session.revoke";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Map<String, String> asked(Input input) {
        return Detail.of("session", input.session());
    }

    @Override
    public Target target(Actor actor, Input input) {
        return sessions.find(actors.person(actor), input.session())
                .map(session -> Target.of("session", session.id(), ""))
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        404, "session.unknown", "session", input.session()));
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        return Plan.of(input.session(), PlanItem.of("-", "plan.session.revoke"));
    }

    @Override
    public Revoked apply(Actor actor, Input input, Plan plan) {
        String person = actors.person(actor);
        sessions.end(person, input.session());
        feed.ended(person);
        return new Revoked(input.session());
    }
}
