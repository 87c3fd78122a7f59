package dev.escale.control.deployment;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Reads;
import dev.escale.control.operation.Target;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds the deployment that a request names, or refuses. */
@Component
class DeploymentTargets {
    private final Deployments deployments;

    DeploymentTargets(Deployments deployments) {
        this.deployments = deployments;
    }

    /**
     * The deployment that something is to be done to.
     *
     * @throws ProblemException 404 {@code deployment.unknown}, also when it is a secret to the
     *     actor
     */
    Deployment deployment(Actor actor, String id) {
        return deployments
                .find(actor.team(), new DeploymentId(id))
                .filter(found -> actor.grants().touches(target(found)))
                .orElseThrow(
                        () -> ProblemException.of(404, "deployment.unknown", "deployment", id));
    }

    /**
     * The deployment, to be looked at.
     *
     * @throws ProblemException as {@link #deployment}, and 403 {@code permission.missingHere}
     */
    Deployment shown(Actor actor, String id) {
        Deployment deployment = deployment(actor, id);
        Reads.check(actor, Reads.APPS, target(deployment));
        return deployment;
    }

    /** Empty when the actor may not look at it. */
    Optional<Deployment> find(Actor actor, DeploymentId id) {
        return deployments
                .find(actor.team(), id)
                .filter(found -> actor.may(Reads.APPS, target(found)));
    }

    static Target target(Deployment deployment) {
        return new Target(
                "deployment",
                deployment.id().value(),
                Long.toString(deployment.number()),
                deployment.server().value(),
                deployment.app().value());
    }
}
