package dev.escale.control.secret;

import dev.escale.control.db.TeamId;
import dev.escale.control.db.schema.Tables;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * Where sealed values lie: bytes in a table that a team owns are sealed for that team. No other
 * bytes stand in such a table.
 */
record SealedColumn(Table<?> table, TableField<?, byte[]> value, Field<String> team) {

    static List<SealedColumn> all() {
        return Tables.KEY_MATERIAL.getSchema().getTables().stream()
                .flatMap(SealedColumn::of)
                .toList();
    }

    TableField<?, ?>[] key() {
        return Objects.requireNonNull(table.getPrimaryKey()).getFieldsArray();
    }

    /** Rows of the team whose value does not begin so. An empty one was forgotten. */
    Condition sealedOtherwise(TeamId owner, byte[] prefix) {
        return team.eq(owner.value())
                .and(DSL.condition("length({0}) > 0", value))
                .and(
                        DSL.condition(
                                "substr({0}, 1, {1}) <> {2}",
                                value, DSL.inline(prefix.length), DSL.val(prefix)));
    }

    @SuppressWarnings("unchecked") // asked for by its type
    private static Stream<SealedColumn> of(Table<?> table) {
        Field<String> team = table.field("team", String.class);
        return team == null
                ? Stream.empty()
                : Arrays.stream(table.fields())
                        .filter(field -> field.getType() == byte[].class)
                        .map(field -> new SealedColumn(table, (TableField<?, byte[]>) field, team));
    }
}
