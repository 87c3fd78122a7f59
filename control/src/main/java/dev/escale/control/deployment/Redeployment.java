package dev.escale.control.deployment;

import dev.escale.control.app.App;
import dev.escale.control.app.Apps;
import dev.escale.control.app.Redeploys;
import dev.escale.control.db.Database;
import dev.escale.control.operation.Actor;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What changes of an app mean for its deployments. */
@Component
class Redeployment implements Redeploys {
    private final Database database;
    private final Apps apps;
    private final DeploymentLedger ledger;
    private final Deployer deployer;
    private final Dispatch dispatch;
    private final Environments environments;

    Redeployment(
            Database database,
            Apps apps,
            DeploymentLedger ledger,
            Deployer deployer,
            Dispatch dispatch,
            Environments environments) {
        this.environments = environments;
        this.database = database;
        this.apps = apps;
        this.ledger = ledger;
        this.deployer = deployer;
        this.dispatch = dispatch;
    }

    @Override
    public Optional<String> environmentChanged(Actor actor, App app) {
        apps.lock(app.team(), app.id());
        List<Deployment> open = ledger.open(app.team(), app.id());
        Optional<Deployment> waiting = open.stream().filter(Deployment::waiting).findFirst();
        if (waiting.isPresent()) {
            // it takes the environment as it is when its turn comes, and may carry a newer commit
            return waiting.map(each -> each.id().value());
        }
        if (app.currentRelease().isEmpty() && open.isEmpty()) {
            return Optional.empty();
        }
        Deployment queued = ledger.queue(app, actor, Trigger.ENVIRONMENT, Revision.UNKNOWN, null);
        deployer.advance(app.team(), app.id());
        return Optional.of(queued.id().value());
    }

    @Override
    public void removed(Actor actor, App app) {
        database.write(
                app.team(),
                tx -> {
                    ledger.open(app.team(), app.id()).stream()
                            .filter(each -> !each.waiting())
                            .forEach(each -> dispatch.cancel(tx, each, actor));
                    deployer.advance(app.team(), app.id());
                    environments.forget(app.team(), app.id());
                    return app;
                });
    }
}
