package dev.escale.control.account;

import dev.escale.control.db.Ids;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.AuditTrail;
import dev.escale.control.operation.Target;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Signs in who sends the form of the sign-in page: fields {@code token}, {@code next} and the CSRF
 * token. Opening the link alone uses nothing up, because mail scanners and browsers open links
 * ahead of people.
 */
@Controller
class SignInController {
    private final SignInLinks links;
    private final SessionStart sessions;
    private final ActorResolver actors;
    private final AuditTrail audit;

    SignInController(
            SignInLinks links, SessionStart sessions, ActorResolver actors, AuditTrail audit) {
        this.links = links;
        this.sessions = sessions;
        this.actors = actors;
        this.audit = audit;
    }

    @PostMapping("/login")
    String signIn(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam String token,
            @RequestParam @Nullable String next) {
        Optional<String> person = links.redeem(token);
        if (person.isEmpty()) {
            links.person(token)
                    .flatMap(owner -> actors.person(owner, request))
                    .ifPresent(this::refused);
            return "redirect:/login?refused";
        }
        // what cannot be written down does not happen
        actors.person(person.get(), request).ifPresent(this::begun);
        sessions.begin(request, response, person.get());
        return "redirect:" + Next.safe(next);
    }

    private void begun(Actor actor) {
        record(AuditTrail.Phase.EVENT, actor, "done");
    }

    /** A link that nobody was ever given has no team whose record it could stand in. */
    private void refused(Actor actor) {
        record(AuditTrail.Phase.REFUSED, actor, "signIn.linkSpent");
    }

    private void record(AuditTrail.Phase phase, Actor actor, String outcome) {
        audit.record(
                new AuditTrail.Line(
                        Ids.random("op"),
                        phase,
                        null,
                        null,
                        actor,
                        "session.create",
                        Target.of("person", actor.id(), actor.name()),
                        outcome,
                        Map.of()));
    }
}
