package dev.escale.control.deployment;

import static dev.escale.control.db.schema.Tables.DEPLOYMENT;
import static dev.escale.control.db.schema.Tables.DEPLOYMENT_OUTPUT;
import static org.jooq.impl.DSL.max;

import dev.escale.control.app.AppId;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.schema.tables.records.DeploymentOutputRecord;
import dev.escale.protocol.OutputLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record2;
import org.springframework.stereotype.Repository;

/**
 * What builds and starts printed, in batches as it came. Bounded: the agent already cuts, this is
 * for an agent that does not, and for many short lines. What is missing is said in its place.
 */
@Repository
public class DeploymentOutputs {
    static final long MOST_BYTES = 16L << 20;

    /** Of how many deployments of an app, the newest, the output is kept. */
    static final int KEPT = 100;

    private static final int LONGEST_LINE = 4096;
    private static final int BATCHES_AT_ONCE = 50;
    private static final String LEFT_OUT = " lines of output are left out here: over 16 MB";
    private static final String OLD =
            " lines of output are not kept any more: those of the newest 100 deployments are";
    private static final String LOST =
            " lines of output are missing: the server had no room to keep them while it was away";

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
        long next = from;
        while (true) {
            List<DeploymentOutputRecord> batches = batches(team, id, next);
            for (DeploymentOutputRecord batch : batches) {
                long number = batch.getFirstLine();
                for (OutputLine line : StoredJson.lines(batch.getLines())) {
                    if (number >= from && lines.size() < limit) {
                        lines.add(new NumberedLine(number, line));
                    }
                    number++;
                }
                next = number;
            }
            if (lines.size() == limit || batches.size() < BATCHES_AT_ONCE) {
                return lines;
            }
        }
    }

    /** The last lines, oldest first. */
    public List<NumberedLine> last(TeamId team, DeploymentId id, int count) {
        return lines(team, id, Math.max(1, size(team, id).lines() - count + 1), count);
    }

    /**
     * Adds lines; those that are there already are passed over.
     *
     * @param first number of the first one, from 1
     * @return what was added; empty when nothing was new, or the bound was reached before
     */
    List<NumberedLine> append(Deployment deployment, long first, List<OutputLine> lines) {
        Size size = size(deployment.team(), deployment.id());
        int known = Math.clamp(size.lines() + 1 - first, 0, lines.size());
        if (known == lines.size()) {
            return List.of();
        }
        List<OutputLine> fresh =
                lines.subList(known, lines.size()).stream().map(DeploymentOutputs::cut).toList();
        if (size.bytes() >= MOST_BYTES) {
            return leaveOut(deployment, size, first + lines.size() - 1, fresh.getLast().millis());
        }
        List<NumberedLine> numbered = new ArrayList<>();
        long missing = first + known - 1 - size.lines();
        if (missing > 0) {
            OutputLine remark = remark(fresh.getFirst().millis(), missing, LOST);
            numbered.addAll(insert(deployment, size, first + known - 1, List.of(remark)));
        }
        numbered.addAll(insert(deployment, size, first + known, fresh));
        return numbered;
    }

    /**
     * Forgets what much older deployments of the app printed, and says so in its place.
     *
     * @param newest number of a deployment
     */
    void forgetOld(TeamId team, AppId app, long newest) {
        database.write(
                team,
                tx -> {
                    tx.select(DEPLOYMENT.ID, DEPLOYMENT.OUTPUT_LINES)
                            .from(DEPLOYMENT)
                            .where(DEPLOYMENT.TEAM.eq(team.value()))
                            .and(DEPLOYMENT.APP.eq(app.value()))
                            .and(DEPLOYMENT.NUMBER.le(newest - KEPT))
                            .and(DEPLOYMENT.OUTPUT_BYTES.gt(0L))
                            .fetch()
                            .forEach(old -> forget(tx, team, old.value1(), old.value2()));
                    return null;
                });
    }

    private static void forget(DSLContext tx, TeamId team, String deployment, long lines) {
        tx.deleteFrom(DEPLOYMENT_OUTPUT).where(of(team, new DeploymentId(deployment))).execute();
        tx.insertInto(DEPLOYMENT_OUTPUT)
                .set(DEPLOYMENT_OUTPUT.TEAM, team.value())
                .set(DEPLOYMENT_OUTPUT.DEPLOYMENT, deployment)
                .set(DEPLOYMENT_OUTPUT.FIRST_LINE, lines)
                .set(DEPLOYMENT_OUTPUT.LINE_COUNT, 1)
                .set(DEPLOYMENT_OUTPUT.LINES, StoredJson.lines(List.of(remark(0, lines, OLD))))
                .execute();
        tx.update(DEPLOYMENT)
                .set(DEPLOYMENT.OUTPUT_BYTES, 0L)
                .where(DEPLOYMENT.TEAM.eq(team.value()))
                .and(DEPLOYMENT.ID.eq(deployment))
                .execute();
    }

    /**
     * Keeps the number of what is left out, in one line that moves to the end as it grows.
     *
     * @return that line, the first time
     */
    private List<NumberedLine> leaveOut(Deployment deployment, Size size, long last, long millis) {
        boolean first = !leftOut(deployment, size.lines());
        long missing = last - size.lines() + (first ? 0 : leftOutBefore(deployment, size.lines()));
        if (!first) {
            database.write(
                    deployment.team(),
                    tx ->
                            tx.deleteFrom(DEPLOYMENT_OUTPUT)
                                    .where(of(deployment.team(), deployment.id()))
                                    .and(DEPLOYMENT_OUTPUT.FIRST_LINE.eq(size.lines()))
                                    .execute());
        }
        var remark = List.of(remark(millis, missing, LEFT_OUT));
        List<NumberedLine> added = insert(deployment, size, last, remark);
        return first ? added : List.of();
    }

    private boolean leftOut(Deployment deployment, long line) {
        return lines(deployment.team(), deployment.id(), line, 1).stream()
                .anyMatch(each -> each.line().text().endsWith(LEFT_OUT));
    }

    /** From the end of what is stored to the line that stands for the rest. */
    private long leftOutBefore(Deployment deployment, long line) {
        Long end =
                database.read(
                        deployment.team(),
                        tx ->
                                tx.select(
                                                max(
                                                        DEPLOYMENT_OUTPUT.FIRST_LINE.plus(
                                                                DEPLOYMENT_OUTPUT.LINE_COUNT)))
                                        .from(DEPLOYMENT_OUTPUT)
                                        .where(of(deployment.team(), deployment.id()))
                                        .and(DEPLOYMENT_OUTPUT.FIRST_LINE.lt(line))
                                        .fetchOne()
                                        .value1());
        return end == null ? line : line - end + 1;
    }

    private static OutputLine remark(long millis, long lines, String what) {
        return new OutputLine(millis, "escale", String.format(Locale.ROOT, "%,d", lines) + what);
    }

    private List<NumberedLine> insert(
            Deployment deployment, Size size, long first, List<OutputLine> lines) {
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
        List<NumberedLine> numbered = new ArrayList<>();
        for (OutputLine line : lines) {
            numbered.add(new NumberedLine(first + numbered.size(), line));
        }
        return numbered;
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
                                .where(of(team, id))
                                .and(
                                        DEPLOYMENT_OUTPUT
                                                .FIRST_LINE
                                                .plus(DEPLOYMENT_OUTPUT.LINE_COUNT)
                                                .gt(from))
                                .orderBy(DEPLOYMENT_OUTPUT.FIRST_LINE)
                                .limit(BATCHES_AT_ONCE)
                                .fetch());
    }

    private static Condition of(TeamId team, DeploymentId id) {
        return DEPLOYMENT_OUTPUT
                .TEAM
                .eq(team.value())
                .and(DEPLOYMENT_OUTPUT.DEPLOYMENT.eq(id.value()));
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
