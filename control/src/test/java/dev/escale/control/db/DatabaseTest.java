package dev.escale.control.db;

import static dev.escale.control.db.schema.Tables.MEMBER;
import static dev.escale.control.db.schema.Tables.PERSON;
import static dev.escale.control.db.schema.Tables.SERVER;
import static dev.escale.control.db.schema.Tables.TEAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.escale.control.db.schema.DefaultSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class DatabaseTest {
    private final TestDatabase.Kind kind;
    private final TestDatabase real;
    private final Database database;

    DatabaseTest(TestDatabase.Kind kind) {
        this.kind = kind;
        this.real = kind.fresh();
        this.database = real.database();
    }

    @AfterEach
    void close() {
        real.close();
    }

    @Test
    void timesComeBackAsTheyWereToTheMicrosecond() {
        Instant time = Instant.parse("2026-11-23T12:00:00.123456Z");

        database.system(
                tx ->
                        tx.insertInto(TEAM, TEAM.ID, TEAM.SLUG, TEAM.NAME, TEAM.CREATED_AT)
                                .values("tm_1", "one", "One", time)
                                .execute());

        Instant stored =
                database.systemRead(
                        tx -> tx.select(TEAM.CREATED_AT).from(TEAM).fetchSingle(TEAM.CREATED_AT));
        assertThat(stored).isEqualTo(time);
    }

    @Test
    void timesThatAreTooFarAwayToCountAreTheFurthestThatCanBe() {
        assertThat(Micros.of(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
        assertThat(Micros.of(Instant.MIN)).isEqualTo(Long.MIN_VALUE);
        assertThat(Micros.instant(Micros.of(Instant.MAX))).isBefore(Instant.MAX);
    }

    @Test
    void aFailedTransactionLeavesNothingAndRunsNothingAfterIt() {
        List<String> after = new ArrayList<>();

        assertThatThrownBy(
                        () ->
                                database.system(
                                        tx -> {
                                            database.afterCommit(() -> after.add("ran"));
                                            person(tx, "usr_1");
                                            throw new IllegalStateException("no");
                                        }))
                .hasMessage("no");

        assertThat(after).isEmpty();
        assertThat(database.<Boolean>systemRead(tx -> tx.fetchExists(PERSON))).isFalse();
    }

    @Test
    void whatComesAfterTheCommitSeesWhatWasCommitted() {
        List<Boolean> seen = new ArrayList<>();

        database.system(
                tx -> {
                    database.afterCommit(
                            () ->
                                    seen.add(
                                            database.systemRead(
                                                    later -> later.fetchExists(PERSON))));
                    return person(tx, "usr_1");
                });

        assertThat(seen).containsExactly(true);
    }

    @Test
    void aTransactionInsideAnotherJoinsIt() {
        TeamId team = real.team("one");

        assertThatThrownBy(
                        () ->
                                database.write(
                                        team,
                                        tx -> {
                                            database.write(
                                                    team, inner -> server(inner, team, "srv_1"));
                                            assertThat(
                                                            database.<Integer>read(
                                                                    team,
                                                                    inner ->
                                                                            inner.fetchCount(
                                                                                    SERVER)))
                                                    .isEqualTo(1);
                                            throw new IllegalStateException("no");
                                        }))
                .hasMessage("no");

        assertThat(database.<Integer>read(team, tx -> tx.fetchCount(SERVER))).isZero();
    }

    @Test
    void aTransactionOfAnotherTeamInsideIsRefused() {
        TeamId one = real.team("one");
        TeamId two = real.team("two");

        assertThatThrownBy(() -> database.write(one, tx -> database.read(two, inner -> 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("inside one of");
    }

    @Test
    void readersDoNotWaitForTheWriter() {
        TeamId team = real.team("one");

        int seen =
                database.write(
                        team,
                        tx -> {
                            server(tx, team, "srv_1");
                            return readElsewhere(team);
                        });

        assertThat(seen).isZero();
    }

    @Test
    void teamsAreFoundBeforeTheyAreKnown() {
        TeamId team = real.team("one");
        database.system(tx -> person(tx, "usr_1"));
        database.write(
                team,
                tx -> {
                    server(tx, team, "srv_1");
                    return tx.insertInto(MEMBER)
                            .values(team.value(), "usr_1", Instant.EPOCH)
                            .execute();
                });

        TeamLookup lookup = real.lookup();

        assertThat(lookup.ofServer("srv_1")).contains(team);
        assertThat(lookup.ofServer("srv_2")).isEmpty();
        assertThat(lookup.ofToken("none")).isEmpty();
        assertThat(lookup.ofRegistrationToken("none")).isEmpty();
        assertThat(lookup.ofPerson("usr_1")).containsExactly(team);
        assertThat(lookup.all()).containsExactly(team);
    }

    @Test
    void migratingAgainChangesNothing() {
        TeamId team = real.team("one");

        try (OpenDatabase again = real.reopen()) {
            assertThat(again.database().<Integer>read(team, tx -> tx.fetchCount(TEAM)))
                    .isEqualTo(1);
        }
    }

    @Test
    void postgresqlHidesOtherTeamsRowsAndRefusesToWriteThem() {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                kind == TestDatabase.Kind.POSTGRESQL, "SQLite has no row-level security");
        TeamId one = real.team("one");
        TeamId two = real.team("two");
        database.write(one, tx -> server(tx, one, "srv_1"));

        assertThat(database.<Integer>read(two, tx -> tx.fetchCount(SERVER))).isZero();
        assertThat(database.<Integer>systemRead(tx -> tx.fetchCount(SERVER))).isZero();
        assertThatThrownBy(() -> database.write(two, tx -> server(tx, one, "srv_2")))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("row-level security");
    }

    @Test
    void postgresqlGuardsEveryTableThatHasATeam() {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                kind == TestDatabase.Kind.POSTGRESQL, "SQLite has no row-level security");
        List<String> guarded =
                database.systemRead(
                        tx ->
                                tx.fetch(
                                                "select c.relname from pg_class c"
                                                        + " join pg_policy p on p.polrelid = c.oid"
                                                        + " where c.relrowsecurity and"
                                                        + " c.relforcerowsecurity and p.polname ="
                                                        + " 'of_team'")
                                        .map(row -> row.get(0, String.class)));

        Stream<String> owned =
                DefaultSchema.DEFAULT_SCHEMA.getTables().stream()
                        .filter(table -> table.field("team") != null)
                        .map(Table::getName);
        assertThat(guarded).containsExactlyInAnyOrderElementsOf(owned.toList());
    }

    private int readElsewhere(TeamId team) {
        int[] seen = new int[1];
        Thread reader =
                Thread.ofVirtual()
                        .start(() -> seen[0] = database.read(team, tx -> tx.fetchCount(SERVER)));
        try {
            reader.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        return seen[0];
    }

    private static int person(DSLContext tx, String id) {
        return tx.insertInto(PERSON)
                .set(PERSON.ID, id)
                .set(PERSON.NAME, "Somebody")
                .set(PERSON.CREATED_AT, Instant.EPOCH)
                .execute();
    }

    private static int server(DSLContext tx, TeamId team, String id) {
        return tx.insertInto(SERVER)
                .set(SERVER.ID, id)
                .set(SERVER.TEAM, team.value())
                .set(SERVER.NAME, "web-1")
                .set(SERVER.STATUS, "waiting")
                .set(SERVER.CREATED_AT, Instant.EPOCH)
                .execute();
    }
}
