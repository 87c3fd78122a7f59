package dev.escale.control.audit;

import static dev.escale.control.db.schema.Tables.AUDIT_ENTRY;
import static dev.escale.control.db.schema.Tables.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.escale.control.audit.AuditVerification.Finding;
import dev.escale.control.db.Ids;
import dev.escale.control.db.OpenDatabase;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.AuditTrail.Line;
import dev.escale.control.operation.Target;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class AuditLogTest {
    private final TestDatabase.Kind kind;
    private final TestDatabase real;
    private final AuditLog log;
    private final AuditVerification verification;
    private final TeamId team;

    AuditLogTest(TestDatabase.Kind kind) {
        this.kind = kind;
        this.real = kind.fresh();
        this.log = new AuditLog(real.database(), new JsonMapper(), Clock.systemUTC());
        this.verification = new AuditVerification(log);
        this.team = real.team("one");
    }

    @AfterEach
    void close() {
        real.close();
    }

    @Test
    void eachEntryCarriesTheHashOfTheOneBefore() {
        record(team, "first");
        record(team, "second \" \\ \n é 😀");

        List<AuditEntry> entries = log.after(team, 0, 10);

        assertThat(entries.get(0).prevHash()).isEqualTo("0".repeat(64));
        assertThat(entries.get(1).prevHash()).isEqualTo(entries.get(0).hash());
        assertThat(entries.get(1).target().name()).isEqualTo("second \" \\ \n é 😀");
        assertThat(verification.walk(team))
                .isEqualTo(new Finding.Intact(2, entries.get(0).at(), entries.get(1).at()));
    }

    @Test
    void eachTeamHasItsOwnChain() {
        TeamId other = real.team("two");
        record(team, "here");
        record(other, "there");

        assertThat(log.newest(other, Long.MAX_VALUE, 10))
                .singleElement()
                .satisfies(entry -> assertThat(entry.seq()).isEqualTo(1));
    }

    @Test
    void writersWhoseRowsReferToTheTeamDoNotBlockEachOther() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<java.util.concurrent.Future<?>>();
            for (int i = 0; i < 40; i++) {
                String name = "entry " + i;
                all.add(
                        threads.submit(
                                () ->
                                        real.database()
                                                .write(
                                                        team,
                                                        tx -> {
                                                            refer(tx, name);
                                                            record(team, name);
                                                            return name;
                                                        })));
            }
            for (var one : all) {
                one.get();
            }
        }

        assertThat(verification.walk(team)).isInstanceOf(Finding.Intact.class);
        assertThat(log.newest(team, Long.MAX_VALUE, 100)).hasSize(40);
    }

    /** A row with a foreign key to the team, which PostgreSQL locks in share mode for it. */
    private void refer(DSLContext tx, String key) {
        tx.insertInto(SERVER)
                .set(SERVER.ID, Ids.random("srv"))
                .set(SERVER.TEAM, team.value())
                .set(SERVER.NAME, key)
                .set(SERVER.STATUS, "waiting")
                .set(SERVER.CREATED_AT, Instant.now())
                .execute();
    }

    @Test
    void writersAtTheSameTimeMakeOneChain() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<java.util.concurrent.Future<?>>();
            for (int i = 0; i < 40; i++) {
                String name = "entry " + i;
                all.add(threads.submit(() -> record(team, name)));
            }
            for (var one : all) {
                one.get();
            }
        }

        assertThat(verification.walk(team))
                .isInstanceOfSatisfying(
                        Finding.Intact.class, intact -> assertThat(intact.entries()).isEqualTo(40));
    }

    @Test
    void theDatabaseItselfRefusesToChangeOrDeleteAnEntry() {
        record(team, "first");

        assertThatThrownBy(
                        () ->
                                real.database()
                                        .write(
                                                team,
                                                tx ->
                                                        tx.update(AUDIT_ENTRY)
                                                                .set(AUDIT_ENTRY.ACTOR_NAME, "x")
                                                                .execute()))
                .isInstanceOf(DataAccessException.class);
        assertThatThrownBy(
                        () ->
                                real.database()
                                        .write(team, tx -> tx.deleteFrom(AUDIT_ENTRY).execute()))
                .isInstanceOf(DataAccessException.class);
        assertThat(log.after(team, 0, 10)).hasSize(1);
    }

    @Test
    void theDatabaseItselfRefusesToReplaceAnEntry() {
        record(team, "first");
        record(team, "second");

        for (String way : ways(kind)) {
            assertThatThrownBy(
                            () ->
                                    real.database()
                                            .write(team, tx -> tx.execute(way.formatted("x", 1))))
                    .as(way)
                    .isInstanceOf(DataAccessException.class);
        }

        assertThat(log.after(team, 0, 10))
                .extracting(each -> each.target().name())
                .containsExactly("first", "second");
        assertThat(verification.walk(team)).isInstanceOf(Finding.Intact.class);
    }

    /** Of writing the first entry again, each with another name. */
    private static List<String> ways(TestDatabase.Kind kind) {
        String columns =
                Arrays.stream(AUDIT_ENTRY.fields())
                        .map(Field::getName)
                        .collect(Collectors.joining(", "));
        String rows =
                " audit_entry (%s) select %s from audit_entry where seq = %%2$d"
                        .formatted(columns, columns.replace("target_name", "'%1$s'"));
        String upsert =
                "insert into"
                        + rows
                        + " on conflict (team, seq) do update set target_name ="
                        + " excluded.target_name";
        return kind == TestDatabase.Kind.SQLITE
                ? List.of("insert or replace into" + rows, "replace into" + rows, upsert)
                : List.of(upsert);
    }

    @Test
    void theOwnerOfTheTablesIsRefusedTheSameOnPostgresql() {
        Assumptions.assumeTrue(kind == TestDatabase.Kind.POSTGRESQL, "SQLite has no roles");
        record(team, "first");

        assertThatThrownBy(() -> asOwner("update audit_entry set actor_name = 'x'"))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("never changed");
        assertThatThrownBy(() -> asOwner("truncate audit_entry"))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("never changed");
    }

    @Test
    void theWalkFindsAnEntryThatWasAlteredPastTheTriggers() {
        Assumptions.assumeTrue(kind == TestDatabase.Kind.SQLITE, "needs the file's owner");
        record(team, "first");
        record(team, "second");
        record(team, "third");

        real.database()
                .system(
                        tx -> {
                            tx.execute("drop trigger audit_entry_no_update");
                            return tx.execute(
                                    "update audit_entry set target_name = 'x' where seq = 2");
                        });

        assertThat(verification.walk(team))
                .isEqualTo(new Finding.Broken(2, Finding.Reason.ALTERED));
    }

    @Test
    void theWalkFindsAnEntryThatIsMissing() {
        Assumptions.assumeTrue(kind == TestDatabase.Kind.SQLITE, "needs the file's owner");
        record(team, "first");
        record(team, "second");
        record(team, "third");

        real.database()
                .system(
                        tx -> {
                            tx.execute("drop trigger audit_entry_no_delete");
                            return tx.execute("delete from audit_entry where seq = 2");
                        });

        assertThat(verification.walk(team))
                .isEqualTo(new Finding.Broken(2, Finding.Reason.MISSING));
    }

    @Test
    void whatBothDatabasesCannotStoreIsReplacedAndTheChainHolds() {
        log.record(
                Line.event(
                        "op_1",
                        Actor.system(team),
                        "thing.happen",
                        Target.of("thing", "\0".repeat(99), "na\0me"),
                        "done",
                        Map.of("rea\0son", "be\0cause" + "x".repeat(5_000))));

        AuditEntry entry = log.after(team, 0, 10).getFirst();
        assertThat(entry.target().name()).isEqualTo("na\uFFFDme");
        assertThat(entry.detail()).containsOnlyKeys("rea\uFFFDson");
        assertThat(verification.walk(team)).isInstanceOf(Finding.Intact.class);
    }

    private void asOwner(String sql) {
        try (OpenDatabase owner = real.connectAsOwner()) {
            owner.database().write(team, tx -> tx.execute(sql));
        }
    }

    private void record(TeamId of, String name) {
        log.record(
                Line.event(
                        "op_1",
                        Actor.system(of),
                        "thing.happen",
                        Target.of("thing", "th_1", name),
                        "done",
                        Map.of("reason", name)));
    }
}
