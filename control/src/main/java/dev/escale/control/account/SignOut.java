package dev.escale.control.account;

import dev.escale.control.db.Ids;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.AuditTrail;
import dev.escale.control.operation.Target;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.stereotype.Component;

/** Writes down who signs out, before their session ends. */
@Component
class SignOut implements LogoutHandler {
    private final ActorResolver actors;
    private final AuditTrail audit;
    private final SessionFeed feed;

    SignOut(ActorResolver actors, AuditTrail audit, SessionFeed feed) {
        this.feed = feed;
        this.actors = actors;
        this.audit = audit;
    }

    @Override
    public void logout(
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable Authentication authentication) {
        if (authentication instanceof SignedIn signedIn) {
            actors.person(signedIn.getPrincipal(), request).ifPresent(this::write);
            feed.ended(signedIn.getPrincipal());
        }
    }

    private void write(Actor actor) {
        audit.record(
                AuditTrail.Line.event(
                        Ids.random("op"),
                        actor,
                        "session.end",
                        Target.of("person", actor.id(), actor.name()),
                        "done",
                        Map.of()));
    }
}
