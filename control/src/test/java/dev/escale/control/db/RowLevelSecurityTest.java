package dev.escale.control.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * PostgreSQL by itself, as if the application asked for everybody's rows: each owned table holds a
 * row of one team, and another team, or none, tries to read, insert, change and delete it.
 */
class RowLevelSecurityTest {
    private static final List<Table<?>> OWNED = OwnedTables.inOrder();

    private TestDatabase real;
    private Database database;
    private TeamId victim;
    private TeamId stranger;

    @BeforeEach
    void aRowInEveryTable() {
        real = TestDatabase.Kind.POSTGRESQL.fresh();
        database = real.database();
        victim = real.team("victim");
        stranger = real.team("stranger");
        real.withoutAnyRule(tx -> OWNED.forEach(table -> insert(tx, table, victim, "v")));
    }

    @AfterEach
    void close() {
        real.close();
    }

    @Test
    void anotherTeamAndNoTeamSeeNoRowOfAnyTable() {
        for (Table<?> table : OWNED) {
            assertThat(database.<Integer>read(victim, tx -> tx.fetchCount(table)))
                    .as(table.getName())
                    .isEqualTo(1);
            assertThat(database.<Integer>read(stranger, tx -> tx.fetchCount(table)))
                    .as(table.getName())
                    .isZero();
            assertThat(database.<Integer>systemRead(tx -> tx.fetchCount(table)))
                    .as(table.getName())
                    .isZero();
        }
    }

    @Test
    void anotherTeamAndNoTeamChangeAndDeleteNoRowOfAnyTable() {
        for (Table<?> table : OWNED) {
            if (table.getName().startsWith("audit_")) {
                for (String statement : List.of("update %s set team = team", "delete from %s")) {
                    assertThatThrownBy(
                                    () ->
                                            database.write(
                                                    victim,
                                                    tx ->
                                                            tx.execute(
                                                                    statement.formatted(
                                                                            table.getName()))))
                            .as(table.getName())
                            .isInstanceOf(DataAccessException.class)
                            .hasMessageContaining("permission denied");
                }
                continue;
            }
            for (String statement : List.of("update %s set team = team", "delete from %s")) {
                String everything = statement.formatted(table.getName());
                assertThat(database.<Integer>write(stranger, tx -> tx.execute(everything)))
                        .as(everything)
                        .isZero();
                assertThat(database.<Integer>system(tx -> tx.execute(everything)))
                        .as(everything)
                        .isZero();
            }
        }
        for (Table<?> table : OWNED) {
            assertThat(database.<Integer>read(victim, tx -> tx.fetchCount(table)))
                    .as(table.getName())
                    .isEqualTo(1);
        }
    }

    @Test
    void nobodyInsertsForAnotherTeamNorGivesItARow() {
        for (Table<?> table : OWNED) {
            assertThatThrownBy(() -> database.write(stranger, tx -> insert(tx, table, victim, "w")))
                    .as(table.getName())
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("row-level security");
            assertThatThrownBy(() -> database.system(tx -> insert(tx, table, victim, "w")))
                    .as(table.getName())
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("row-level security");
            if (!table.getName().startsWith("audit_")) {
                assertThatThrownBy(
                                () ->
                                        database.write(
                                                victim,
                                                tx ->
                                                        tx.update(table)
                                                                .set(team(table), stranger.value())
                                                                .execute()))
                        .as(table.getName())
                        .isInstanceOf(DataAccessException.class)
                        .hasMessageContaining("row-level security");
            }
        }
    }

    /** Something of the right type in every column. */
    private static int insert(DSLContext tx, Table<?> table, TeamId team, String mark) {
        List<Field<Object>> columns = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (Field<?> field : table.fields()) {
            columns.add(DSL.field(DSL.name(field.getName())));
            values.add(
                    field.getName().equals("team") ? team.value() : value(field.getType(), mark));
        }
        return tx.insertInto(DSL.table(DSL.name(table.getName())))
                .columns(columns)
                .values(values)
                .execute();
    }

    private static Object value(Class<?> type, String mark) {
        if (type == String.class) {
            return mark;
        }
        if (type == byte[].class) {
            return new byte[] {1};
        }
        return type == Boolean.class ? true : (Object) 1;
    }

    private static Field<String> team(Table<?> table) {
        return DSL.field(DSL.name("team"), String.class);
    }
}
