package dev.escale.control.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.escale.control.ControlConfig;
import dev.escale.control.DatabaseUrl;
import dev.escale.control.RunningControl;
import dev.escale.control.StartRefused;
import dev.escale.control.db.Database;
import dev.escale.control.db.MoveToPostgresql;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.db.TestDump;
import dev.escale.control.db.schema.Tables;
import dev.escale.control.deployment.PlayedAgent;
import dev.escale.protocol.Order;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installation leaves SQLite for PostgreSQL, whole or not at all. */
class MoveTest {
    private static final int SAMPLES = 12_000;

    @TempDir private Path folder;

    private RunningControl control;
    private PlayedAgent agent;
    private TestDatabase target;
    private Path file;

    @BeforeEach
    void fill() throws IOException {
        control = RunningControl.start(TestDatabase.Kind.SQLITE);
        agent = PlayedAgent.join(control, "web-1");
        send("POST", "tokens", "{\"name\":\"ci\"}");
        send("POST", "teams/home/invitations", "{\"grants\":[{\"role\":\"viewer\"}]}");
        send(
                "POST",
                "apps",
                """
                {"name":"Shop","server":"web-1","branch":"main",
                 "source":{"type":"git","url":"https://git.example.com/shop.git"}}
                """);
        send("PATCH", "apps/shop/env", "{\"set\":{\"KEY\":{\"value\":\"s3cret — é\"}}}");
        send("POST", "apps/shop/deployments", "{}");
        agent.goesLive(agent.order(Order.Deploy.class));
        samples();
        target = TestDatabase.Kind.POSTGRESQL.fresh();
        file = folder.resolve("escale.db");
    }

    @AfterEach
    void close() {
        agent.close();
        control.close();
        target.close();
    }

    @Test
    void everythingComesAlongAndTheControlPlaneGoesOnWithIt() throws IOException {
        control.stop();
        copyFile();
        List<String> before = cells();
        Map<String, Integer> rows = rows(control.database());

        String told = move();

        assertThat(told)
                .contains("metric_sample: 10000 rows copied", "metric_sample: 12", "unbroken")
                .contains("Next: start the control plane with these settings.")
                .doesNotContain("s3cret");
        assertThat(cells()).as("SQLite has what it had").isEqualTo(before);
        Map<String, Integer> moved = rows(target);
        rows.merge("audit_entry", 1, Integer::sum);
        assertThat(moved).isEqualTo(rows);
        everyTableIsHeldBackAgain();

        control.startWith(settings(target.url(), target.owner()));
        agent.connect(control);
        send("POST", "apps/shop/deployments", "{}");
        Order.Deploy order = agent.order(Order.Deploy.class);
        assertThat(order.env().get("KEY").value()).isEqualTo("s3cret — é");
        agent.goesLive(order);
        assertThat(control.get("/api/v1/audit").body()).contains("database.move");
    }

    @Test
    void theFileIsNotStartedOnAfterwardsUntilThatIsTakenBackOnPurpose() throws IOException {
        control.stop();
        copyFile();
        ControlConfig old = settings(new DatabaseUrl.Sqlite(file), null);
        assertThatThrownBy(() -> ReturnCommand.run(old, System.out))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("was not moved anywhere");
        move();

        assertThatThrownBy(() -> control.startWith(old)).rootCause().satisfies(this::namesTheWay);
        assertThatThrownBy(() -> RotateKeysCommand.run(old, System.out))
                .satisfies(this::namesTheWay);
        try (TestDatabase elsewhere = TestDatabase.Kind.POSTGRESQL.fresh()) {
            ControlConfig second = settings(elsewhere.url(), elsewhere.owner());
            assertThatThrownBy(() -> MoveCommand.run(second, from(file), System.out))
                    .satisfies(this::namesTheWay);
            assertThat(rows(elsewhere)).isEmpty();
        }
        assertThatThrownBy(
                        () -> ReturnCommand.run(settings(target.url(), target.owner()), System.out))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("names a PostgreSQL");

        var said = new ByteArrayOutputStream();
        ReturnCommand.run(old, new PrintStream(said, true, StandardCharsets.UTF_8));
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("is started on again", "Never start on that PostgreSQL again");
        control.startWith(old);
        assertThat(control.get("/api/v1/audit").body()).contains("database.return");
        assertThat(control.get("/api/v1/apps").body()).contains("shop");
    }

    @Test
    void whoIsKilledAsItCommitsStartsNowhereAndMovesAgain() throws IOException {
        control.stop();
        copyFile();

        assertThatThrownBy(() -> run(rows -> {}, target::cutOwner))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("Run this again");
        assertEmpty();
        assertThatThrownBy(() -> control.startWith(settings(new DatabaseUrl.Sqlite(file), null)))
                .rootCause()
                .satisfies(this::namesTheWay);

        assertThat(move()).contains("every one compared");
        assertThat(rows(target)).isNotEmpty();
    }

    @Test
    void aRecordThatDoesNotFitIsToldBeforeAnythingIsCommitted() throws IOException {
        copyFile();
        alterTheRecord();

        assertThat(move()).contains("entry 2 does not fit", "It is so in SQLite, too");
    }

    private void alterTheRecord() {
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("drop trigger audit_entry_no_update");
            statement.execute("update audit_entry set outcome = 'x' where seq = 2");
        } catch (java.sql.SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void namesTheWay(Throwable refused) {
        assertThat(refused)
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("was moved to PostgreSQL at localhost:")
                .hasMessageContaining("--return-to-sqlite");
    }

    @Test
    void aControlPlaneThatRunsIsInTheWayAndSaidSo() {
        assertThatThrownBy(() -> move(sqlite(control.database())))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("A control plane is running on")
                .hasMessageContaining("stop it, and run this again.");
        assertEmpty();
    }

    @Test
    void aTargetThatIsNotEmptyIsLeftAlone() throws IOException {
        copyFile();
        target.team("somebody");
        Map<String, Integer> before = rows(target);

        assertThatThrownBy(this::move)
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("is not empty: it has rows in team");
        assertThat(rows(target)).isEqualTo(before);
    }

    @Test
    void whateverStopsItHalfWayLeavesBothSidesAsTheyWereAndItCanBeRunAgain() throws IOException {
        copyFile();
        Map<String, byte[]> before = bytes();

        assertThatThrownBy(
                        () ->
                                run(
                                        rows -> {
                                            throw new IllegalStateException("killed");
                                        }))
                .hasMessage("killed");
        assertEmpty();
        assertThatThrownBy(() -> run(rows -> target.cutOwner()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("Nothing was moved");
        assertEmpty();
        assertThat(bytes()).containsAllEntriesOf(before);

        run(rows -> {});
        Map<String, Integer> moved = rows(target);
        run(rows -> {});
        assertThat(rows(target)).as("again, after the end").isEqualTo(moved);
    }

    @Test
    void aRowThatPostgresqlDoesNotTakeIsNamed() throws IOException {
        home(tx -> tx.update(Tables.SERVER).set(Tables.SERVER.NAME, "x".repeat(101)).execute());
        copyFile();

        assertThatThrownBy(this::move)
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("server: ")
                .hasMessageContaining("value too long")
                .hasMessageContaining("Nothing was moved");
        assertEmpty();
    }

    @Test
    void settingsThatNameNoPostgresqlOrTheWrongRoleAreToldInASentence() throws IOException {
        copyFile();
        ControlConfig stays = settings(new DatabaseUrl.Sqlite(file), null);
        assertThatThrownBy(() -> MoveCommand.run(stays, List.of(MoveCommand.FLAG), System.out))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("must name the PostgreSQL to move to");

        var owner = target.owner();
        var wrong =
                new DatabaseUrl.Postgresql(
                        owner.host(),
                        owner.port(),
                        owner.name(),
                        "nobody",
                        new dev.escale.control.SecretText("wrong-one"));
        ControlConfig closed = settings(target.url(), wrong);
        List<String> named = List.of(MoveCommand.FLAG + "=" + file);
        assertThatThrownBy(() -> MoveCommand.run(closed, named, System.out))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("does not let us in")
                .hasMessageContaining("Look at ESCALE_DATABASE_MIGRATION_URL.")
                .hasMessageNotContaining("wrong-one");
        assertThatThrownBy(() -> move(folder.resolve("nothing.db")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("There is no SQLite database at");
        assertEmpty();
    }

    @Test
    void anEmptyPostgresqlBesideAnInstallationIsNotStartedOn() throws IOException {
        control.stop();
        copyFile();
        Files.copy(file, control.config().home().resolve("escale.db"));

        assertThatThrownBy(() -> control.startWith(settings(target.url(), target.owner())))
                .rootCause()
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("move it with --move-from-sqlite");
        assertEmpty();
    }

    private String move() {
        return move(file);
    }

    private String move(Path from) {
        var said = new ByteArrayOutputStream();
        MoveCommand.run(
                settings(target.url(), target.owner()),
                from(from),
                new PrintStream(said, true, StandardCharsets.UTF_8));
        return said.toString(StandardCharsets.UTF_8);
    }

    private static List<String> from(Path file) {
        return List.of(MoveCommand.FLAG + "=" + file);
    }

    private void run(Consumer<Long> whenSamplesAreCopied) {
        run(whenSamplesAreCopied, () -> {});
    }

    private void run(Consumer<Long> whenSamplesAreCopied, Runnable beforeCommit) {
        MoveToPostgresql.run(
                new DatabaseUrl.Sqlite(file),
                target.owner(),
                new MoveToPostgresql.Progress() {
                    @Override
                    public void copied(String table, long rows) {
                        whenSamplesAreCopied.accept(rows);
                    }

                    @Override
                    public void compared(String table, long rows) {}

                    @Override
                    public void beforeCommit(Database sqlite, List<TeamId> teams) {
                        assertThat(teams).hasSize(1);
                        beforeCommit.run();
                    }
                });
    }

    private ControlConfig settings(DatabaseUrl url, DatabaseUrl.Postgresql owner) {
        ControlConfig now = control.config();
        return new ControlConfig(
                now.home(),
                now.port(),
                now.publicUrl(),
                now.agentUrl(),
                url,
                owner,
                now.trustedProxies(),
                now.masterKey(),
                now.tlsFiles(),
                now.bootstrapToken(),
                now.pushLimits(),
                now.signIn(),
                now.mail());
    }

    /** The one of the control plane stays open in this process, so that a copy is moved. */
    private void copyFile() throws IOException {
        Path from = sqlite(control.database());
        for (String part : List.of("", "-wal")) {
            Files.copy(Path.of(from + part), Path.of(file + part));
        }
    }

    private static Path sqlite(TestDatabase database) {
        return ((DatabaseUrl.Sqlite) database.url()).file();
    }

    private Map<String, byte[]> bytes() throws IOException {
        Map<String, byte[]> bytes = new TreeMap<>();
        for (String part : List.of("", "-wal")) {
            bytes.put("escale.db" + part, Files.readAllBytes(Path.of(file + part)));
        }
        return bytes;
    }

    /** All that is in the file, but for what the move leaves there. */
    private List<String> cells() {
        return TestDump.of(file).stream()
                .filter(cell -> !cell.table().equals("moved_away"))
                .map(cell -> cell + " " + cell.row() + " " + Arrays.hashCode(cell.bytes()))
                .toList();
    }

    private static Map<String, Integer> rows(TestDatabase database) {
        Map<String, Integer> cells = new TreeMap<>();
        for (TestDump.Cell cell : TestDump.of(database)) {
            if (!cell.table().equals("flyway_schema_history")) {
                cells.merge(cell.row() + " of " + cell.table(), 1, Integer::sum);
            }
        }
        Map<String, Integer> rows = new TreeMap<>();
        cells.keySet()
                .forEach(row -> rows.merge(row.replaceFirst("^\\d+ of ", ""), 1, Integer::sum));
        return rows;
    }

    private void assertEmpty() {
        assertThat(rows(target)).isEmpty();
    }

    private void everyTableIsHeldBackAgain() {
        List<String> free = new ArrayList<>();
        target.database()
                .systemRead(
                        tx ->
                                tx.fetch(
                                        "select relname from pg_class where relrowsecurity and not"
                                                + " relforcerowsecurity"))
                .forEach(row -> free.add(row.get(0, String.class)));
        assertThat(free).isEmpty();
        TeamId other = new TeamId("tm_other");
        int seen = target.database().read(other, tx -> tx.fetchCount(Tables.METRIC_SAMPLE));
        assertThat(seen).isZero();
    }

    private void samples() {
        String server = agent.server();
        home(
                tx ->
                        tx.execute(
                                "with recursive n(i) as (select 1 union all select i + 1 from n"
                                        + " where i < ?) insert into metric_sample (team, server,"
                                        + " taken_at, sample) select (select id from team), ?, i,"
                                        + " '{\"cpu\":0.5}' from n",
                                SAMPLES,
                                server));
    }

    private void home(Consumer<org.jooq.DSLContext> work) {
        control.database()
                .database()
                .write(
                        control.database().lookup().all().getFirst(),
                        tx -> {
                            work.accept(tx);
                            return null;
                        });
    }

    private void send(String method, String path, String body) {
        var answer = control.send(method, "/api/v1/" + path, body);
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
    }
}
