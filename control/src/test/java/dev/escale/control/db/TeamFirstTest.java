package dev.escale.control.db;

import static dev.escale.control.db.schema.Tables.SETTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever a transaction begins with, PostgreSQL knows its team from then on, and no longer. */
class TeamFirstTest {
    private static final TeamId ONE = new TeamId("tm_one");
    private static final TeamId OTHER = new TeamId("tm_other");

    private TestDatabase opened;
    private Database database;

    @BeforeEach
    void open() {
        opened = TestDatabase.Kind.POSTGRESQL.fresh();
        database = opened.database();
    }

    @AfterEach
    void close() {
        opened.close();
    }

    @Test
    void everyFirstStatementIsToldTheTeam() {
        List<Consumer<DSLContext>> firsts =
                List.of(
                        tx -> tx.selectOne().fetch(),
                        tx -> tx.fetch("select ?", 1),
                        tx -> tx.fetch("select id from team for update"),
                        tx -> tx.execute("select 1"),
                        tx -> tx.execute("create temporary table t (a int) on commit drop"),
                        tx -> tx.deleteFrom(SETTING).where(SETTING.NAME.eq("none")).execute(),
                        tx ->
                                tx.deleteFrom(SETTING)
                                        .where(SETTING.NAME.eq("none"))
                                        .returning()
                                        .fetch(),
                        tx -> tx.batch("select 1", "select 2").execute(),
                        tx -> tx.selectOne().fetchLazy().close());
        for (int i = 0; i < firsts.size(); i++) {
            Consumer<DSLContext> first = firsts.get(i);
            for (TeamId team : List.of(ONE, OTHER)) {
                String told =
                        database.write(
                                team,
                                tx -> {
                                    first.accept(tx);
                                    return told(tx);
                                });
                assertThat(told).as("first " + i).isEqualTo(team.value());
            }
        }
    }

    @Test
    void nothingIsLeftForTheNextOne() {
        for (int i = 0; i < 20; i++) {
            assertThat(database.<String>read(ONE, TeamFirstTest::told)).isEqualTo("tm_one");
            assertThat(database.<String>systemRead(TeamFirstTest::told)).isEmpty();
            assertThat(database.<String>read(OTHER, TeamFirstTest::told)).isEqualTo("tm_other");
        }
    }

    @Test
    void aFirstStatementThatFailsLeavesNothingEither() {
        assertThatThrownBy(() -> database.read(ONE, tx -> tx.fetch("select 1 / 0")))
                .isInstanceOf(DataAccessException.class);

        assertThat(database.<String>systemRead(TeamFirstTest::told)).isEmpty();
    }

    @Test
    void whatIsNoIdIsRefused() {
        var forged = new TeamId("x'; drop table team; --");

        assertThatThrownBy(() -> database.read(forged, tx -> tx.selectOne().fetch()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String told(DSLContext tx) {
        return tx.fetchSingle("select current_setting('app.team', true)").get(0, String.class);
    }
}
