package dev.escale.control.account;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ProblemException;
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
}
