package dev.escale.bench;

import dev.escale.control.ControlConfig;
import dev.escale.control.DatabaseUrl;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.db.schema.Tables;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ActorType;
import dev.escale.control.operation.Origin;
import dev.escale.control.operation.Target;
import dev.escale.control.team.Members;
import dev.escale.testkit.Workplace;
import dev.escale.testkit.control.ControlSettings;
import dev.escale.testkit.control.Postgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What the permission check and the binding to a team add to a transaction on PostgreSQL: the
 * smallest one there is, with and without them, in turns. As in a request, what the person may do
 * is read from the database first; it is somebody with 50 grants, of which the last one lets.
 */
final class WaistCost implements Benchmark {
    private static final int PER_RUN = 3_000;
    private static final int GRANTS = 50;
    private static final String PERSON = "usr_bench";
    private static final Target APP = Target.app("app_49", "shop", "srv_1");

    @Override
    public String name() {
        return "waist";
    }

    @Override
    public List<Figure> measure(Options options) {
        try (Workplace workplace = Workplace.fresh();
                Postgres postgres = Postgres.start();
                ConfigurableApplicationContext control = control(workplace, postgres);
                Connection connection = connection(postgres)) {
            Database database = control.getBean(Database.class);
            TeamId team = control.getBean(TeamLookup.class).all().getFirst();
            grant(database, team);
            return figures(
                    options.runs() * PER_RUN,
                    DSL.using(connection, SQLDialect.POSTGRES),
                    database,
                    () -> actor(control.getBean(Members.class), team));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static List<Figure> figures(
            int runs, DSLContext bare, Database database, Supplier<Actor> reads) {
        Actor known = reads.get();
        var without = new ArrayList<Double>();
        var checked = new ArrayList<Double>();
        var whole = new ArrayList<Double>();
        for (int run = -runs; run < runs; run++) {
            double one = time(() -> bare.transaction(tx -> tx.dsl().selectOne().fetch()));
            double other = time(() -> bound(database, known));
            double all = time(() -> bound(database, reads.get()));
            if (run >= 0) {
                without.add(one);
                checked.add(other);
                whole.add(all);
            }
        }
        Map<String, Object> details =
                Map.of("runs", runs, "load", Machine.load(), "grants", known.grants().all().size());
        return List.of(
                added("grants known, at the median", checked, without, 50, details),
                added("grants known, at p99", checked, without, 99, details),
                added("grants read, at the median", whole, without, 50, details),
                added("grants read, at p99", whole, without, 99, details).below(0.2));
    }

    private static Figure added(
            String what,
            List<Double> with,
            List<Double> without,
            int percentile,
            Map<String, Object> details) {
        double difference =
                new Times(with).percentile(percentile) - new Times(without).percentile(percentile);
        return Figure.of("permission and team added, " + what, difference, "ms", details);
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

    private static Actor actor(Members members, TeamId team) {
        return new Actor(
                ActorType.PERSON,
                PERSON,
                "Ann",
                team,
                members.grants(team, PERSON).orElseThrow(),
                Origin.SYSTEM,
                Locale.ENGLISH);
    }

    /** A role of the team's own, on each of as many apps. */
    private static void grant(Database database, TeamId team) {
        Instant now = Instant.now();
        database.system(
                tx ->
                        tx.insertInto(Tables.PERSON)
                                .set(Tables.PERSON.ID, PERSON)
                                .set(Tables.PERSON.NAME, "Ann")
                                .set(Tables.PERSON.CREATED_AT, now)
                                .execute());
        database.write(
                team,
                tx -> {
                    tx.insertInto(Tables.TEAM_ROLE)
                            .set(Tables.TEAM_ROLE.ID, "rol_bench")
                            .set(Tables.TEAM_ROLE.TEAM, team.value())
                            .set(Tables.TEAM_ROLE.NAME, "Deployer")
                            .set(Tables.TEAM_ROLE.PERMISSIONS, "app.read app.deploy")
                            .set(Tables.TEAM_ROLE.CREATED_AT, now)
                            .execute();
                    tx.insertInto(Tables.MEMBER)
                            .set(Tables.MEMBER.TEAM, team.value())
                            .set(Tables.MEMBER.PERSON, PERSON)
                            .set(Tables.MEMBER.CREATED_AT, now)
                            .execute();
                    for (int number = 0; number < GRANTS; number++) {
                        tx.insertInto(Tables.MEMBER_GRANT)
                                .set(Tables.MEMBER_GRANT.TEAM, team.value())
                                .set(Tables.MEMBER_GRANT.PERSON, PERSON)
                                .set(Tables.MEMBER_GRANT.ROLE, "rol_bench")
                                .set(Tables.MEMBER_GRANT.SCOPE, "app")
                                .set(Tables.MEMBER_GRANT.TARGET, "app_" + number)
                                .set(Tables.MEMBER_GRANT.CREATED_AT, now)
                                .execute();
                    }
                    return team;
                });
    }

    private static ConfigurableApplicationContext control(Workplace workplace, Postgres postgres) {
        var settings = ControlSettings.local(workplace.folder().resolve("control")).with(postgres);
        Map<String, String> environment = new HashMap<>(settings.environment());
        environment.put("ESCALE_HOME", settings.home().toString());
        environment.put("ESCALE_PORT", Integer.toString(settings.port()));
        environment.put("ESCALE_PUBLIC_URL", settings.url());
        return dev.escale.control.Main.application(ControlConfig.load(environment)).run();
    }

    private static Connection connection(Postgres postgres) throws SQLException {
        var url = (DatabaseUrl.Postgresql) DatabaseUrl.parse(postgres.applicationUrl());
        return DriverManager.getConnection(url.jdbc(), url.user(), url.password().value());
    }
}
