package dev.escale.control.deployment;

import static dev.escale.control.db.schema.Tables.DEPLOYMENT;
import static dev.escale.control.db.schema.Tables.DEPLOYMENT_OUTPUT;

import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.schema.tables.records.DeploymentOutputRecord;
import dev.escale.protocol.OutputLine;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Record2;
import org.springframework.stereotype.Repository;

/**
 * What builds and starts printed, in batches as it came. Bounded: the agent already cuts, this is
 * for an agent that does not.
 */
@Repository
public class DeploymentOutputs {
    static final long MOST_BYTES = 16L << 20;
    private static final int LONGEST_LINE = 4096;
    private static final int MOST_BATCHES = 50;

    private final Database database;

    DeploymentOutputs(Database database) {
        this.database = database;
    }

    /**
     * @param from number of the first line wanted, counted from 1
     * @param limit how many lines at most
     */
    public List<NumberedLine> lines(TeamId team, DeploymentId id, long from, int limit) {
        List<NumberedLine> lines = new ArrayList<>();
        for (DeploymentOutputRecord batch : batches(team, id, from)) {
            long number = batch.getFirstLine();
            for (OutputLine line : StoredJson.lines(batch.getLines())) {
                if (number >= from && lines.size() < limit) {
                    lines.add(new NumberedLine(number, line));
                }
                number++;
            }
        }
        return lines;
    }

    /** The last lines, oldest first. */
    public List<NumberedLine> last(TeamId team, DeploymentId id, int count) {
        return lines(team, id, Math.max(1, size(team, id).lines() - count + 1), count);
    }

    /**
     * Adds lines; those that are there already are passed over.
     *
     * @param first number of the first one, from 1
     * @return what was added; empty when nothing was new or the bound is reached
     */
    List<NumberedLine> append(Deployment deployment, long first, List<OutputLine> lines) {
        Size size = size(deployment.team(), deployment.id());
        int known = (int) Math.clamp(size.lines() + 1 - first, 0, lines.size());
        if (known == lines.size() || size.bytes() >= MOST_BYTES) {
            return List.of();
        }
        List<OutputLine> added =
                lines.subList(known, lines.size()).stream().map(DeploymentOutputs::cut).toList();
        insert(deployment, size, first + known, added);
        List<NumberedLine> numbered = new ArrayList<>();
        for (int i = 0; i < added.size(); i++) {
            numbered.add(new NumberedLine(first + known + i, added.get(i)));
        }
        return numbered;
    }

    private void insert(Deployment deployment, Size size, long first, List<OutputLine> lines) {
        database.write(
                deployment.team(),
                tx -> {
                    String json = StoredJson.lines(lines);
                    tx.insertInto(DEPLOYMENT_OUTPUT)
                            .set(DEPLOYMENT_OUTPUT.TEAM, deployment.team().value())
                            .set(DEPLOYMENT_OUTPUT.DEPLOYMENT, deployment.id().value())
                            .set(DEPLOYMENT_OUTPUT.FIRST_LINE, first)
                            .set(DEPLOYMENT_OUTPUT.LINE_COUNT, lines.size())
                            .set(DEPLOYMENT_OUTPUT.LINES, json)
                            .execute();
                    return tx.update(DEPLOYMENT)
                            .set(DEPLOYMENT.OUTPUT_LINES, first + lines.size() - 1)
                            .set(DEPLOYMENT.OUTPUT_BYTES, size.bytes() + json.length())
                            .where(DEPLOYMENT.TEAM.eq(deployment.team().value()))
                            .and(DEPLOYMENT.ID.eq(deployment.id().value()))
                            .execute();
                });
    }

    private Size size(TeamId team, DeploymentId id) {
        return database.read(
                team,
                tx ->
                        tx.select(DEPLOYMENT.OUTPUT_LINES, DEPLOYMENT.OUTPUT_BYTES)
                                .from(DEPLOYMENT)
                                .where(DEPLOYMENT.TEAM.eq(team.value()))
                                .and(DEPLOYMENT.ID.eq(id.value()))
                                .fetchOptional(DeploymentOutputs::size)
                                .orElse(new Size(0, 0)));
    }

    private List<DeploymentOutputRecord> batches(TeamId team, DeploymentId id, long from) {
        return database.read(
                team,
                tx ->
                        tx.selectFrom(DEPLOYMENT_OUTPUT)
                                .where(DEPLOYMENT_OUTPUT.TEAM.eq(team.value()))
                                .and(DEPLOYMENT_OUTPUT.DEPLOYMENT.eq(id.value()))
                                .and(
                                        DEPLOYMENT_OUTPUT
                                                .FIRST_LINE
                                                .plus(DEPLOYMENT_OUTPUT.LINE_COUNT)
                                                .gt(from))
                                .orderBy(DEPLOYMENT_OUTPUT.FIRST_LINE)
                                .limit(MOST_BATCHES)
                                .fetch());
    }

    private static Size size(Record2<Long, Long> row) {
        return new Size(row.value1(), row.value2());
    }

    private static OutputLine cut(OutputLine line) {
        return line.text().length() <= LONGEST_LINE
                ? line
                : new OutputLine(
                        line.millis(), line.source(), line.text().substring(0, LONGEST_LINE));
    }

    /**
     * @param number from 1
     */
    public record NumberedLine(long number, OutputLine line) {}

    private record Size(long lines, long bytes) {}
}
