package dev.escale.control.deployment;

import static dev.escale.control.db.schema.Tables.APP;
import static dev.escale.control.db.schema.Tables.DEPLOYMENT;

import dev.escale.control.agentlink.ServerId;
import dev.escale.control.app.AppId;
import dev.escale.control.db.TeamId;
import dev.escale.control.operation.ActorType;
import java.util.Locale;
import org.jooq.Record;

/** A row of the table as a value. */
final class DeploymentRow {
    private DeploymentRow() {}

    static Deployment read(Record row) {
        var table = row.into(DEPLOYMENT);
        return new Deployment(
                new DeploymentId(table.getId()),
                new TeamId(table.getTeam()),
                new AppId(table.getApp()),
                new ServerId(table.getServer()),
                table.getNumber(),
                DeploymentState.of(table.getStatus()),
                table.getPath() == null ? "full" : table.getPath(),
                Trigger.of(table.getTriggeredBy()),
                new Asker(
                        ActorType.valueOf(table.getActorType().toUpperCase(Locale.ROOT)),
                        table.getActorId(),
                        table.getActorName()),
                new Revision(
                        table.getRef(),
                        table.getCommitId(),
                        table.getCommitSubject(),
                        table.getCommitAuthor()),
                table.getReleaseNumber(),
                table.getUrl(),
                new Deployment.Verdict(
                        StoredJson.note(table.getReason()), StoredJson.lines(table.getEvidence())),
                StoredJson.findings(table.getFindings()),
                new Deployment.Course(
                        table.getQueuedAt(),
                        table.getStartedAt(),
                        table.getSwitchedAt(),
                        table.getEndedAt()),
                table.getCommand(),
                table.getId().equals(row.get(APP.CURRENT_DEPLOYMENT)));
    }
}
