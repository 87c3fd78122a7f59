package dev.escale.control.deployment;

import static dev.escale.control.db.schema.Tables.DEPLOYMENT;

import dev.escale.control.app.App;
import dev.escale.control.app.AppId;
import dev.escale.control.app.Variables;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import java.util.Optional;
import org.jooq.Condition;
import org.springframework.stereotype.Repository;

/** With which variables releases served, sealed, for as long as they are kept. */
@Repository
class Environments {
    private final Database database;
    private final Variables variables;

    Environments(Database database, Variables variables) {
        this.database = database;
        this.variables = variables;
    }

    /** The order that goes out now carries the variables as they are now. */
    void keep(Deployment deployment) {
        byte[] now = variables.sealed(deployment.team(), deployment.app());
        database.write(
                deployment.team(),
                tx ->
                        tx.update(DEPLOYMENT)
                                .set(DEPLOYMENT.ENVIRONMENT, now)
                                .where(DEPLOYMENT.TEAM.eq(deployment.team().value()))
                                .and(DEPLOYMENT.ID.eq(deployment.id().value()))
                                .execute());
    }

    /** What the release last served with; empty when that was not kept. */
    Optional<Variables.Then> of(App app, long release) {
        return database.read(
                        app.team(),
                        tx ->
                                tx.select(DEPLOYMENT.ENVIRONMENT)
                                        .from(DEPLOYMENT)
                                        .where(of(app.team(), app.id()))
                                        .and(DEPLOYMENT.RELEASE_NUMBER.eq(release))
                                        .and(DEPLOYMENT.STATUS.eq(DeploymentState.LIVE.text()))
                                        .and(DEPLOYMENT.ENVIRONMENT.isNotNull())
                                        .orderBy(DEPLOYMENT.NUMBER.desc())
                                        .limit(1)
                                        .fetchOptional(DEPLOYMENT.ENVIRONMENT))
                .map(kept -> variables.open(app.team(), kept));
    }

    void forget(TeamId team, AppId app, long release) {
        forget(team, of(team, app).and(DEPLOYMENT.RELEASE_NUMBER.eq(release)));
    }

    void forget(TeamId team, AppId app) {
        forget(team, of(team, app));
    }

    private void forget(TeamId team, Condition which) {
        database.write(
                team,
                tx ->
                        tx.update(DEPLOYMENT)
                                .set(DEPLOYMENT.ENVIRONMENT, (byte[]) null)
                                .where(which)
                                .and(DEPLOYMENT.ENVIRONMENT.isNotNull())
                                .execute());
    }

    private static Condition of(TeamId team, AppId app) {
        return DEPLOYMENT.TEAM.eq(team.value()).and(DEPLOYMENT.APP.eq(app.value()));
    }
}
