package dev.escale.control.secret;

import dev.escale.control.db.TeamId;
import dev.escale.control.db.schema.Tables;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Where sealed values lie: bytes in a table that a team owns are sealed for that team, and no other
 * bytes stand in such a table; those that are a person's are called {@code sealed}.
 *
 * @param kind {@code team} or {@code person}
 * @param owner its id
 */
record SealedColumn(Table<?> table, TableField<?, byte[]> value, String kind, Field<String> owner) {

    static List<SealedColumn> all() {
        return Tables.KEY_MATERIAL.getSchema().getTables().stream()
                .flatMap(SealedColumn::of)
                .toList();
    }

    static List<SealedColumn> ofTeams() {
        return all().stream().filter(SealedColumn::isOfTeams).toList();
    }

    /** In tables that no team owns. */
    static List<SealedColumn> ofPersons() {
        return all().stream().filter(each -> !each.isOfTeams()).toList();
    }

    private boolean isOfTeams() {
        return kind.equals("team");
    }

    /** For whom the value of the row is sealed. */
    String owner(Record row) {
        return kind + ":" + row.get(owner);
    }

    TableField<?, ?>[] key() {
        return Objects.requireNonNull(table.getPrimaryKey()).getFieldsArray();
    }

    /**
     * Rows whose value does not begin so. An empty one was forgotten.
     *
     * @param team null for those that no team owns
     */
    Condition sealedOtherwise(@Nullable TeamId team, byte[] prefix) {
        return (team == null ? DSL.noCondition() : owner.eq(team.value()))
                .and(DSL.condition("length({0}) > 0", value))
                .and(
                        DSL.condition(
                                "substr({0}, 1, {1}) <> {2}",
                                value, DSL.inline(prefix.length), DSL.val(prefix)));
    }

    @SuppressWarnings("unchecked") // asked for by its type
    private static Stream<SealedColumn> of(Table<?> table) {
        Field<String> team = table.field("team", String.class);
        Field<String> person = table.field("person", String.class);
        return Arrays.stream(table.fields())
                .filter(field -> field.getType() == byte[].class)
                .map(field -> (TableField<?, byte[]>) field)
                .flatMap(
                        field ->
                                team != null
                                        ? Stream.of(new SealedColumn(table, field, "team", team))
                                        : person != null && field.getName().equals("sealed")
                                                ? Stream.of(
                                                        new SealedColumn(
                                                                table, field, "person", person))
                                                : Stream.empty());
    }
}
