package dev.escale.control.account;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ActorType;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.team.InvitationLinks.Maker;
import org.springframework.stereotype.Component;

/** The person behind an actor. */
@Component
public class Actors {
    private final Tokens tokens;

    Actors(Tokens tokens) {
        this.tokens = tokens;
    }

    /**
     * @throws ProblemException with 403 for an agent or Escale itself
     */
    public String person(Actor actor) {
        return switch (actor.type()) {
            case PERSON -> actor.id();
            case TOKEN -> tokens.person(actor.team(), actor.id());
            case AGENT, SYSTEM ->
                    throw ProblemException.of(
                            403, "request.forbidden", "actor", actor.type().text());
        };
    }

    /**
     * Part of the caller's transaction: to its end nobody revokes the token of whoever acts.
     *
     * @throws ProblemException as {@link #person}, and 401 when it has been revoked meanwhile
     */
    Maker maker(Actor actor) {
        String person = person(actor);
        if (actor.type() != ActorType.TOKEN) {
            return new Maker(person, null);
        }
        tokens.hold(actor.team(), person, actor.id());
        return new Maker(person, actor.id());
    }
}
