package dev.escale.control.team;

import dev.escale.control.db.Ids;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ActorType;
import dev.escale.control.operation.AuditTrail;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Origin;
import dev.escale.control.operation.RefusedAttempts;
import dev.escale.control.operation.Target;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Writes down who came into a team by an invitation, and who did not. */
@Component
class JoinRecord {
    private static final String ACTION = "member.join";

    private final AuditTrail audit;
    private final RefusedAttempts refusals;

    JoinRecord(AuditTrail audit, RefusedAttempts refusals) {
        this.audit = audit;
        this.refusals = refusals;
    }

    void joined(Invitation invitation, Joining.Newcomer newcomer, Origin origin) {
        audit.record(
                AuditTrail.Line.event(
                        Ids.random("op"),
                        actor(invitation, newcomer, origin),
                        ACTION,
                        target(newcomer),
                        "done",
                        detail(invitation)));
    }

    void refused(
            Invitation invitation,
            Joining.Newcomer newcomer,
            Origin origin,
            String why,
            Map<String, String> more) {
        Map<String, String> detail = new HashMap<>(detail(invitation));
        detail.putAll(more);
        refusals.record(actor(invitation, newcomer, origin), ACTION, target(newcomer), why, detail);
    }

    private static Map<String, String> detail(Invitation invitation) {
        return Detail.of("invitation", invitation.id(), "inviter", invitation.inviter());
    }

    private static Target target(Joining.Newcomer newcomer) {
        return Target.of("person", newcomer.id(), newcomer.name());
    }

    private static Actor actor(Invitation invitation, Joining.Newcomer newcomer, Origin origin) {
        return new Actor(
                ActorType.PERSON,
                newcomer.id(),
                newcomer.name(),
                invitation.team(),
                Grants.NONE,
                origin,
                Locale.ENGLISH);
    }
}
