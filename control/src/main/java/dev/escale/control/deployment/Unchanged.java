package dev.escale.control.deployment;

import static dev.escale.control.db.schema.Tables.DEPLOYMENT;

import dev.escale.control.app.App;
import dev.escale.control.db.Database;
import dev.escale.protocol.AppState;
import dev.escale.protocol.Codec;
import dev.escale.protocol.Overrides;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Knows when there is nothing to deploy: the commit serves already, built with the same settings,
 * with the same variables, and nothing else is on its way. In doubt there is something to do.
 */
@Component
class Unchanged {
    private final Database database;
    private final Deployments deployments;
    private final DeploymentLedger ledger;
    private final Releases releases;
    private final Past past;

    Unchanged(
            Database database,
            Deployments deployments,
            DeploymentLedger ledger,
            Releases releases,
            Past past) {
        this.database = database;
        this.deployments = deployments;
        this.ledger = ledger;
        this.releases = releases;
        this.past = past;
    }

    /**
     * @return the release that serves just this
     */
    Optional<Long> serves(App app, Revision wanted) {
        String commit = wanted.commit();
        if (commit == null || !runs(app) || anotherIsOnItsWay(app)) {
            return Optional.empty();
        }
        return deployments
                .current(app.team(), app.id())
                .filter(current -> commit.equals(current.revision().commit()))
                .flatMap(current -> app.currentRelease())
                .filter(release -> sameSettings(app, release) && past.same(app, release));
    }

    private static boolean runs(App app) {
        AppState state = app.process().state();
        return state != AppState.STOPPED && state != AppState.DOWN;
    }

    private boolean anotherIsOnItsWay(App app) {
        return ledger.open(app.team(), app.id()).stream().anyMatch(each -> !each.state().decided());
    }

    private boolean sameSettings(App app, long release) {
        String now = Codec.write(Overrides.class, app.settings());
        return releases.find(app, release)
                .flatMap(found -> builtWith(app, found.deployment()))
                .filter(now::equals)
                .isPresent();
    }

    private Optional<String> builtWith(App app, DeploymentId built) {
        return database.read(
                app.team(),
                tx ->
                        tx.select(DEPLOYMENT.SETTINGS)
                                .from(DEPLOYMENT)
                                .where(DEPLOYMENT.TEAM.eq(app.team().value()))
                                .and(DEPLOYMENT.ID.eq(built.value()))
                                .and(DEPLOYMENT.SETTINGS.isNotNull())
                                .fetchOptional(DEPLOYMENT.SETTINGS));
    }
}
