package dev.escale.control.deployment;

import static dev.escale.control.db.schema.Tables.DEPLOYMENT_STEP;

import dev.escale.control.db.Database;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Report;
import dev.escale.protocol.StepState;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** Writes the steps of deployments, as agents report them, and tells the feed. */
@Repository
class DeploymentSteps {
    private final Database database;
    private final DeploymentFeed feed;

    DeploymentSteps(Database database, DeploymentFeed feed) {
        this.database = database;
        this.feed = feed;
    }

    /** Reported again with a new state; what was said of it is kept. */
    void changed(Deployment deployment, Report.StepChanged report) {
        database.write(
                deployment.team(),
                tx -> {
                    var row = tx.newRecord(DEPLOYMENT_STEP);
                    row.setTeam(deployment.team().value());
                    row.setDeployment(deployment.id().value());
                    row.setStep(report.step().name());
                    row.setState(report.state().name());
                    row.setChangedAt(report.at());
                    row.setSeconds(report.seconds());
                    row.setNote(
                            StoredJson.note(
                                    report.note() == null
                                            ? said(tx, deployment, report)
                                            : report.note()));
                    return tx.insertInto(DEPLOYMENT_STEP)
                            .set(row)
                            .onConflict(DEPLOYMENT_STEP.DEPLOYMENT, DEPLOYMENT_STEP.STEP)
                            .doUpdate()
                            .set(row)
                            .execute();
                });
        feed.step(deployment, report.step());
    }

    /** What was said of the step while it was under way still holds, but that it waited. */
    private static @Nullable Note said(
            DSLContext tx, Deployment deployment, Report.StepChanged report) {
        Note note =
                tx.select(DEPLOYMENT_STEP.NOTE)
                        .from(DEPLOYMENT_STEP)
                        .where(DEPLOYMENT_STEP.TEAM.eq(deployment.team().value()))
                        .and(DEPLOYMENT_STEP.DEPLOYMENT.eq(deployment.id().value()))
                        .and(DEPLOYMENT_STEP.STEP.eq(report.step().name()))
                        .fetchOptional(DEPLOYMENT_STEP.NOTE)
                        .map(StoredJson::note)
                        .orElse(null);
        return note == null || note.code().equals(Notes.WAITS_FOR_WATCH) ? null : note;
    }

    /**
     * What its agent did not bring to an end, such as when it was killed; what was said of a step
     * under way, such as what it waits for, is past.
     */
    void stop(Deployment deployment) {
        database.write(
                deployment.team(),
                tx ->
                        tx.update(DEPLOYMENT_STEP)
                                .set(DEPLOYMENT_STEP.STATE, StepState.STOPPED.name())
                                .set(DEPLOYMENT_STEP.NOTE, (String) null)
                                .where(DEPLOYMENT_STEP.TEAM.eq(deployment.team().value()))
                                .and(DEPLOYMENT_STEP.DEPLOYMENT.eq(deployment.id().value()))
                                .and(DEPLOYMENT_STEP.STATE.eq(StepState.WORKING.name()))
                                .execute());
    }
}
