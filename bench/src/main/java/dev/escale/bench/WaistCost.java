package dev.escale.bench;

import dev.escale.control.DatabaseUrl;
import dev.escale.control.db.Database;
import dev.escale.control.db.OpenDatabase;
import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ActorType;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Origin;
import dev.escale.control.operation.Scope;
import dev.escale.control.operation.Target;
import dev.escale.testkit.control.Postgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * What the permission check and the binding to a team add to a transaction on PostgreSQL: the
 * smallest one there is, with and without them, in turns. Somebody with 50 grants asks.
 */
final class WaistCost implements Benchmark {
    private static final int WARM_UP = 20_000;
    private static final int RUNS = 20_000;
    private static final TeamId TEAM = new TeamId("tm_bench");
    private static final Target APP = Target.app("app_49", "shop", "srv_1");

    @Override
    public String name() {
        return "waist";
    }

    @Override
    public List<Figure> measure(Options options) {
        try (Postgres postgres = Postgres.start();
                OpenDatabase opened = open(postgres);
                Connection connection = connection(postgres)) {
            DSLContext bare = DSL.using(connection, SQLDialect.POSTGRES);
            return figures(bare, opened.database(), actor());
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static List<Figure> figures(DSLContext bare, Database database, Actor actor) {
        var without = new ArrayList<Double>();
        var with = new ArrayList<Double>();
        for (int run = -WARM_UP; run < RUNS; run++) {
            double one = time(() -> bare.transaction(tx -> tx.dsl().selectOne().fetch()));
            double other = time(() -> bound(database, actor));
            if (run >= 0) {
                without.add(one);
                with.add(other);
            }
        }
        double p99 = new Times(with).percentile(99) - new Times(without).percentile(99);
        double median = new Times(with).median() - new Times(without).median();
        Map<String, Object> details =
                Map.of("runs", RUNS, "load", Machine.load(), "grants", actor.grants().all().size());
        return List.of(
                Figure.of("permission and team, added at the median", median, "ms", details),
                Figure.of("permission and team, added at p99", p99, "ms", details).below(0.2));
    }

    private static void bound(Database database, Actor actor) {
        if (!actor.may("app.deploy", APP)) {
            throw new IllegalStateException("not allowed");
        }
        database.read(actor.team(), tx -> tx.selectOne().fetch());
    }

    private static double time(Runnable work) {
        var watch = new Stopwatch();
        work.run();
        return watch.millis();
    }

    /** The one that lets is the last. */
    private static Actor actor() {
        List<Grants.Grant> grants =
                IntStream.range(0, 50)
                        .mapToObj(
                                number ->
                                        new Grants.Grant(
                                                Set.of("app.read", "app.deploy"),
                                                Scope.app("app_" + number)))
                        .toList();
        return new Actor(
                ActorType.PERSON,
                "usr_1",
                "Ann",
                TEAM,
                new Grants(grants, null),
                Origin.SYSTEM,
                Locale.ENGLISH);
    }

    private static OpenDatabase open(Postgres postgres) {
        return OpenDatabase.open(
                DatabaseUrl.parse(postgres.applicationUrl()),
                (DatabaseUrl.Postgresql) DatabaseUrl.parse(postgres.ownerUrl()));
    }

    private static Connection connection(Postgres postgres) throws SQLException {
        var url = (DatabaseUrl.Postgresql) DatabaseUrl.parse(postgres.applicationUrl());
        return DriverManager.getConnection(url.jdbc(), url.user(), url.password().value());
    }
}
