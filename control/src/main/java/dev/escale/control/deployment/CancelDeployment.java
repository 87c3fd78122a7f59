package dev.escale.control.deployment;

import dev.escale.control.app.Apps;
import dev.escale.control.db.Database;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Fingerprint;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import dev.escale.protocol.Note;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * {@code deployment.cancel}: one that waits ends at once; for one that runs the agent ends
 * everything it started, and reports it. What has switched is not taken back: that is a rollback.
 */
@Component
public class CancelDeployment implements Operation<CancelDeployment.Input, Deployment> {
    private final Database database;
    private final Apps apps;
    private final DeploymentTargets targets;
    private final DeploymentLedger ledger;
    private final Deployer deployer;
    private final Dispatch dispatch;

    CancelDeployment(
            Database database,
            Apps apps,
            DeploymentTargets targets,
            DeploymentLedger ledger,
            Deployer deployer,
            Dispatch dispatch) {
        this.database = database;
        this.apps = apps;
        this.targets = targets;
        this.ledger = ledger;
        this.deployer = deployer;
        this.dispatch = dispatch;
    }

    public record Input(String deployment) {}

    @Override
    public String name() {
        return "deployment.cancel";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Map<String, String> asked(Input input) {
        return Detail.of("deployment", input.deployment());
    }

    @Override
    public Map<String, String> came(Deployment deployment) {
        return Detail.of("status", deployment.state().text());
    }

    @Override
    public Target target(Actor actor, Input input) {
        return DeploymentTargets.target(find(actor, input));
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        Deployment deployment = find(actor, input);
        refuseIfDecided(deployment);
        return Plan.of(
                Fingerprint.of(deployment.id(), deployment.state()),
                PlanItem.of(
                        "-",
                        DeploymentNotes.PLAN_CANCEL,
                        "number",
                        Long.toString(deployment.number())));
    }

    @Override
    public Deployment apply(Actor actor, Input input, Plan plan) {
        return database.write(
                actor.team(),
                tx -> {
                    Deployment deployment = find(actor, input);
                    apps.lock(deployment.team(), deployment.app());
                    deployment = ledger.now(deployment);
                    refuseIfDecided(deployment);
                    if (deployment.waiting()) {
                        ledger.ended(
                                deployment,
                                DeploymentState.CANCELLED,
                                Deployment.Verdict.of(note(DeploymentNotes.CANCELLED, actor)));
                        deployer.advance(deployment.team(), deployment.app());
                    } else {
                        dispatch.cancel(tx, deployment, actor);
                        ledger.explain(deployment, note(DeploymentNotes.CANCELLING, actor));
                    }
                    return ledger.now(deployment);
                });
    }

    private Deployment find(Actor actor, Input input) {
        return targets.deployment(actor, input.deployment());
    }

    private static void refuseIfDecided(Deployment deployment) {
        if (deployment.state().decided()) {
            throw ProblemException.of(
                    409,
                    "deployment.over",
                    "number",
                    Long.toString(deployment.number()),
                    "status",
                    deployment.state().text());
        }
    }

    private static Note note(String code, Actor actor) {
        return Note.of(code, "name", actor.name());
    }
}
