package dev.escale.control.deployment;

import static dev.escale.control.db.schema.Tables.APP;
import static dev.escale.control.db.schema.Tables.DEPLOYMENT;
import static dev.escale.control.db.schema.Tables.DEPLOYMENT_STEP;

import dev.escale.control.app.App;
import dev.escale.control.app.AppId;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.schema.tables.records.DeploymentStepRecord;
import dev.escale.protocol.Step;
import dev.escale.protocol.StepState;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

/** Deployments and their steps, for whoever shows them. {@link DeploymentLedger} writes them. */
@Repository
public class Deployments {
    private final Database database;

    Deployments(Database database) {
        this.database = database;
    }

    public Optional<Deployment> find(TeamId team, DeploymentId id) {
        return select(team, DEPLOYMENT.ID.eq(id.value()), 1).stream().findFirst();
    }

    /** Newest first. */
    public List<Deployment> ofApp(TeamId team, AppId app, int limit) {
        return ofApp(team, app, limit, Long.MAX_VALUE);
    }

    /**
     * Newest first.
     *
     * @param before only numbers below this one
     */
    public List<Deployment> ofApp(TeamId team, AppId app, int limit, long before) {
        return select(
                team, DEPLOYMENT.APP.eq(app.value()).and(DEPLOYMENT.NUMBER.lt(before)), limit);
    }

    /** The newest deployment of each app that has one. */
    public Map<AppId, Deployment> newestOfEach(TeamId team) {
        var other = DEPLOYMENT.as("other");
        var newest =
                DSL.select(DSL.max(other.NUMBER)).from(other).where(other.APP.eq(DEPLOYMENT.APP));
        return select(team, DEPLOYMENT.NUMBER.eq(newest), Integer.MAX_VALUE).stream()
                .collect(Collectors.toMap(Deployment::app, Function.identity()));
    }

    /** The one whose release serves. */
    public Optional<Deployment> current(TeamId team, AppId app) {
        return select(
                        team,
                        DEPLOYMENT
                                .APP
                                .eq(app.value())
                                .and(DEPLOYMENT.ID.eq(APP.CURRENT_DEPLOYMENT)),
                        1)
                .stream()
                .findFirst();
    }

    /** Of each app of the team that serves one. */
    Map<AppId, Deployment> currentOfEach(TeamId team) {
        return select(team, DEPLOYMENT.ID.eq(APP.CURRENT_DEPLOYMENT), Integer.MAX_VALUE).stream()
                .collect(Collectors.toMap(Deployment::app, Function.identity()));
    }

    /** The one that built the release that serves: what is known of that was found then. */
    public Optional<Deployment> builder(App app) {
        Long release = app.serving().release();
        return release == null
                ? Optional.empty()
                : select(
                                app.team(),
                                DEPLOYMENT
                                        .APP
                                        .eq(app.id().value())
                                        .and(DEPLOYMENT.RELEASE_NUMBER.eq(release))
                                        .and(DEPLOYMENT.KIND.eq("deploy")),
                                1)
                        .stream()
                        .findFirst();
    }

    /** Those that have begun, in the order of the enumeration. */
    public List<DeploymentStep> steps(TeamId team, DeploymentId id) {
        return database.read(
                team,
                tx ->
                        tx
                                .selectFrom(DEPLOYMENT_STEP)
                                .where(DEPLOYMENT_STEP.TEAM.eq(team.value()))
                                .and(DEPLOYMENT_STEP.DEPLOYMENT.eq(id.value()))
                                .fetch(Deployments::step)
                                .stream()
                                .sorted(Comparator.comparing(DeploymentStep::step))
                                .toList());
    }

    List<Deployment> select(TeamId team, Condition which, int limit) {
        return database.read(
                team,
                tx ->
                        tx.select(DEPLOYMENT.asterisk(), APP.CURRENT_DEPLOYMENT)
                                .from(DEPLOYMENT)
                                .join(APP)
                                .on(APP.ID.eq(DEPLOYMENT.APP))
                                .where(DEPLOYMENT.TEAM.eq(team.value()))
                                .and(which)
                                .orderBy(DEPLOYMENT.NUMBER.desc())
                                .limit(limit)
                                .fetch(DeploymentRow::read));
    }

    private static DeploymentStep step(DeploymentStepRecord row) {
        return new DeploymentStep(
                Step.valueOf(row.getStep()),
                StepState.valueOf(row.getState()),
                row.getChangedAt(),
                row.getSeconds(),
                StoredJson.note(row.getNote()));
    }
}
