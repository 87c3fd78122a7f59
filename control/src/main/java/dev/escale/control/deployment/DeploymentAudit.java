package dev.escale.control.deployment;

import dev.escale.control.app.App;
import dev.escale.control.app.Apps;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ActorType;
import dev.escale.control.operation.AuditTrail;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Origin;
import dev.escale.control.operation.Target;
import dev.escale.protocol.Note;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes down how deployments end, above all those that a server took back by itself. What was
 * asked for stands there already, as {@code app.deploy} or {@code app.rollback}.
 */
@Component
class DeploymentAudit {
    private static final String ACTION = "deployment.end";

    private final AuditTrail trail;
    private final Apps apps;

    DeploymentAudit(AuditTrail trail, Apps apps) {
        this.trail = trail;
        this.apps = apps;
    }

    /**
     * Part of the transaction that stores the ending.
     *
     * @param state which it ends in
     */
    void ended(Deployment deployment, DeploymentState state, @Nullable Note reason) {
        trail.record(
                new AuditTrail.Line(
                        deployment.id().value(),
                        AuditTrail.Phase.EVENT,
                        null,
                        deployment.order(),
                        actor(deployment),
                        ACTION,
                        target(deployment),
                        state == DeploymentState.LIVE ? "done" : state.text(),
                        facts(deployment, reason)));
    }

    private static Actor actor(Deployment deployment) {
        return deployment.order() == null
                ? Actor.system(deployment.team())
                : new Actor(
                        ActorType.AGENT,
                        deployment.server().value(),
                        "agent",
                        deployment.team(),
                        Grants.NONE,
                        new Origin(null, Origin.Via.AGENT),
                        Locale.ENGLISH);
    }

    private Target target(Deployment deployment) {
        String name =
                apps.find(deployment.team(), deployment.app())
                        .map(App::name)
                        .orElse(deployment.app().value());
        return Target.app(deployment.app().value(), name, deployment.server().value());
    }

    private static Map<String, String> facts(Deployment deployment, @Nullable Note reason) {
        var facts = new LinkedHashMap<String, String>();
        facts.put("deployment", deployment.id().value());
        facts.put("number", String.valueOf(deployment.number()));
        if (deployment.release() != null) {
            facts.put("release", String.valueOf(deployment.release()));
        }
        if (deployment.revision().commit() != null) {
            facts.put("commit", String.valueOf(deployment.revision().commit()));
        }
        if (reason != null) {
            facts.put("reason", reason.code());
        }
        return facts;
    }
}
