package dev.escale.control.account;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Fingerprint;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.Target;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Signs all of the person's own browsers out, but one if wanted. */
@Component
class RevokeSessions implements Operation<RevokeSessions.Input, RevokeSessions.Revoked> {
    private final Sessions sessions;
    private final Actors actors;
    private final SessionFeed feed;

    RevokeSessions(Sessions sessions, Actors actors, SessionFeed feed) {
        this.sessions = sessions;
        this.actors = actors;
        this.feed = feed;
    }

    /**
     * @param kept the session that goes on; null for none
     */
    record Input(@Nullable String kept) {}

    record Revoked() {}

    @Override
    public String name() {
        return "session.revokeAll";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Map<String, String> asked(Input input) {
        return Detail.of("kept", input.kept());
    }

    @Override
    public Target target(Actor actor, Input input) {
        return Target.of("person", actors.person(actor), actor.name());
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        long ended =
                sessions.all(actors.person(actor)).stream()
                        .filter(session -> !session.id().equals(input.kept()))
                        .count();
        return Plan.of(
                Fingerprint.of(input.kept()),
                PlanItem.of("-", "plan.session.revokeAll", "count", Long.toString(ended)));
    }

    @Override
    public Revoked apply(Actor actor, Input input, Plan plan) {
        String person = actors.person(actor);
        sessions.endAll(person, input.kept());
        feed.ended(person);
        return new Revoked();
    }
}
