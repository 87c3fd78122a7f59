package dev.escale.control.account;

import dev.escale.control.db.Ids;
import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ActorType;
import dev.escale.control.operation.AuditTrail;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Origin;
import dev.escale.control.operation.RefusedAttempts;
import dev.escale.control.operation.Target;
import dev.escale.control.provider.Identified;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Writes down who came in by a provider, and who did not, in the record of a team of theirs. */
@Component
class SignInRecord {
    private static final String ACTION = "session.create";

    private final AuditTrail audit;
    private final RefusedAttempts refusals;

    SignInRecord(AuditTrail audit, RefusedAttempts refusals) {
        this.audit = audit;
        this.refusals = refusals;
    }

    void begun(Person person, TeamId team, Identity identity, Origin origin) {
        audit.record(
                AuditTrail.Line.event(
                        Ids.random("op"),
                        actor(person, team, origin),
                        ACTION,
                        Target.of("person", person.id(), person.name()),
                        "done",
                        Detail.of("identity", identity.name())));
    }

    void refused(Person person, TeamId team, Origin origin, String outcome) {
        refusals.record(
                actor(person, team, origin),
                ACTION,
                Target.of("person", person.id(), person.name()),
                outcome,
                Detail.of());
    }

    /** Somebody without an account here who used an invitation of the team. */
    void refused(Identified who, TeamId team, Origin origin, String outcome) {
        String login = who.account().login() + " (" + who.provider().label() + ")";
        refusals.record(
                actor("", login, team, origin),
                "member.join",
                Target.of("person", "", login),
                outcome,
                Detail.of("issuer", who.issuer(), "subject", who.account().subject()));
    }

    static Actor actor(Person person, TeamId team, Origin origin) {
        return actor(person.id(), person.name(), team, origin);
    }

    private static Actor actor(String id, String name, TeamId team, Origin origin) {
        return new Actor(ActorType.PERSON, id, name, team, Grants.NONE, origin, Locale.ENGLISH);
    }
}
