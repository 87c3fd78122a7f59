package dev.escale.control.secret;

import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TeamLookup;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals by the newest key whatever another one sealed, a few rows at a time. What is done is done:
 * after a crash it goes on with the rest. A row that changes meanwhile is left to who changes it,
 * for they seal by the newest key.
 */
final class Resealing {
    static final int BATCH = 100;
    private static final Logger LOG = LoggerFactory.getLogger(Resealing.class);

    private final Database database;
    private final TeamLookup teams;
    private final Secrets secrets;

    Resealing(Database database, TeamLookup teams, Secrets secrets) {
        this.database = database;
        this.teams = teams;
        this.secrets = secrets;
    }

    /** How many values another key than the newest sealed. */
    long left() {
        byte[] prefix = secrets.prefix();
        return teams.all().stream()
                        .mapToLong(team -> left(SealedColumn.ofTeams(), team, prefix))
                        .sum()
                + left(SealedColumn.ofPersons(), null, prefix);
    }

    /**
     * @param progress how many were sealed anew so far, after each batch
     * @return how many values do not open, by any key; they are left as they are
     */
    long run(LongConsumer progress) {
        byte[] prefix = secrets.prefix();
        Count count = new Count();
        for (TeamId team : teams.all()) {
            SealedColumn.ofTeams().forEach(column -> run(team, column, prefix, count, progress));
        }
        SealedColumn.ofPersons().forEach(column -> run(null, column, prefix, count, progress));
        return count.closed;
    }

    private void run(
            @Nullable TeamId team,
            SealedColumn column,
            byte[] prefix,
            Count count,
            LongConsumer progress) {
        Object @Nullable [] after = null;
        do {
            after = batch(new Batch(team, column, prefix, after), count);
            progress.accept(count.sealed);
        } while (after != null);
    }

    /**
     * @param team null where no team owns the rows
     */
    private record Batch(
            @Nullable TeamId team, SealedColumn column, byte[] prefix, Object @Nullable [] after) {}

    private static final class Count {
        private long sealed;
        private long closed;
    }

    private long left(List<SealedColumn> columns, @Nullable TeamId team, byte[] prefix) {
        return read(
                team,
                tx ->
                        columns.stream()
                                .mapToLong(
                                        column ->
                                                tx.fetchCount(
                                                        column.table(),
                                                        column.sealedOtherwise(team, prefix)))
                                .sum());
    }

    /**
     * @return key of its last row; null when it was the last batch
     */
    private Object @Nullable [] batch(Batch batch, Count count) {
        List<? extends Record> rows = rows(batch);
        write(
                batch.team(),
                tx -> {
                    rows.forEach(row -> count.sealed += seal(tx, batch, row, count));
                    return null;
                });
        return rows.size() < BATCH ? null : key(batch.column(), rows.getLast());
    }

    private List<? extends Record> rows(Batch batch) {
        SealedColumn column = batch.column();
        Field<?>[] key = column.key();
        return read(
                batch.team(),
                tx -> {
                    var ordered =
                            tx.select(key)
                                    .select(column.value(), column.owner())
                                    .from(column.table())
                                    .where(column.sealedOtherwise(batch.team(), batch.prefix()))
                                    .orderBy(key);
                    return batch.after() == null
                            ? ordered.limit(BATCH).fetch()
                            : ordered.seek(batch.after()).limit(BATCH).fetch();
                });
    }

    private int seal(DSLContext tx, Batch batch, Record row, Count count) {
        SealedColumn column = batch.column();
        byte[] old = row.get(column.value());
        String owner = column.owner(row);
        byte[] fresh;
        try {
            fresh = secrets.seal(owner, secrets.open(owner, old));
        } catch (IllegalStateException closed) {
            count.closed++;
            LOG.atError()
                    .addKeyValue("table", column.table().getName())
                    .addKeyValue("owner", owner)
                    .addKeyValue("row", List.of(key(column, row)))
                    .log("a value does not open by any key, and is left as it is");
            return 0;
        }
        return tx.update(column.table())
                .set(column.value(), fresh)
                .where(isRow(column, row))
                .and(column.value().eq(old))
                .execute();
    }

    private <T> T read(@Nullable TeamId team, Function<DSLContext, T> work) {
        return team == null ? database.systemRead(work) : database.read(team, work);
    }

    private <T extends @Nullable Object> T write(
            @Nullable TeamId team, Function<DSLContext, T> work) {
        return team == null ? database.system(work) : database.write(team, work);
    }

    private static Condition isRow(SealedColumn column, Record row) {
        Condition all = DSL.noCondition();
        for (Field<?> field : column.key()) {
            all = all.and(is(field, row));
        }
        return all;
    }

    private static <T> Condition is(Field<T> field, Record row) {
        return field.eq(row.get(field));
    }

    private static Object[] key(SealedColumn column, Record row) {
        return java.util.Arrays.stream(column.key()).map(row::get).toArray();
    }
}
