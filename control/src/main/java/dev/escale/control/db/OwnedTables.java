package dev.escale.control.db;

import dev.escale.control.db.schema.Tables;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.ForeignKey;
import org.jooq.Table;

/** The tables whose rows belong to teams: all that have the column. */
public final class OwnedTables {
    /** The record outlives what it tells of. */
    private static final String RECORD = "audit_";

    private OwnedTables() {}

    /** Deletes all that the team has but its record. */
    public static void clear(DSLContext tx, TeamId team) {
        inOrder().stream()
                .filter(table -> !table.getName().startsWith(RECORD))
                .forEach(table -> tx.deleteFrom(table).where(of(table).eq(team.value())).execute());
    }

    /** What refers to others comes before them. */
    public static List<Table<?>> inOrder() {
        List<Table<?>> left = new ArrayList<>();
        Tables.TEAM.getSchema().getTables().stream()
                .filter(table -> table.field("team") != null)
                .forEach(left::add);
        List<Table<?>> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            List<Table<?>> free =
                    left.stream()
                            .filter(table -> left.stream().noneMatch(by -> refers(by, table)))
                            .toList();
            if (free.isEmpty()) {
                throw new IllegalStateException("these tables refer to each other: " + left);
            }
            ordered.addAll(free);
            left.removeAll(free);
        }
        return ordered;
    }

    private static boolean refers(Table<?> table, Table<?> to) {
        return !table.equals(to)
                && table.getReferences().stream()
                        .map(ForeignKey::getKey)
                        .anyMatch(key -> key.getTable().equals(to));
    }

    private static Field<String> of(Table<?> table) {
        return table.field("team", String.class);
    }
}
