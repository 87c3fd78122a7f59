package dev.escale.control.account;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.RefusedAttempts;
import dev.escale.control.operation.Target;
import dev.escale.control.provider.Identified;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Links what comes back from a provider to whoever sent their browser there. */
@Component
class IdentityLinking {
    private final Operations operations;
    private final LinkIdentity link;
    private final ActorResolver actors;
    private final RefusedAttempts refusals;

    IdentityLinking(
            Operations operations,
            LinkIdentity link,
            ActorResolver actors,
            RefusedAttempts refusals) {
        this.operations = operations;
        this.link = link;
        this.actors = actors;
        this.refusals = refusals;
    }

    /**
     * @throws ProblemException 403 {@code signIn.state} when somebody else is signed in by now, 409
     *     {@code identity.taken}, and what {@code who} throws
     */
    void link(HttpServletRequest request, SignInAttempt attempt, Supplier<Identified> who) {
        Actor actor =
                actors.of(request)
                        .filter(each -> each.id().equals(attempt.subject()))
                        .orElseThrow(() -> SignInRefusal.STATE.exception(attempt.provider()));
        operations.run(
                actor, link, new LinkIdentity.Input(identified(actor, attempt, who)), Mode.APPLY);
    }

    private Identified identified(Actor actor, SignInAttempt attempt, Supplier<Identified> who) {
        try {
            return who.get();
        } catch (ProblemException refused) {
            refusals.record(
                    actor,
                    link.name(),
                    Target.of("identity", "", attempt.provider().label()),
                    refused.problem().code(),
                    Detail.of());
            throw refused;
        }
    }
}
