package dev.escale.control.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.TestStream;
import dev.escale.control.db.Database;
import dev.escale.control.db.OwnedTables;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.team.Doors.Door;
import dev.escale.control.web.stream.LiveFeed;
import dev.escale.control.web.stream.LivePart;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Somebody of one team, at every door, with everything that another team has: nothing is found,
 * nothing told, nothing changed; and each answer is the one that something gets which never was.
 * The doors are those that Spring knows, so a new one is walked through as soon as it is there.
 */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class IsolationTest {
    private static final String LIMITS = "escale.limits.times";

    /** As many parts as a page may follow. */
    private static final int AT_ONCE = 32;

    private static final String SET =
            "{\"set\":{\"VARIABLE_OF_VICTIM\":{\"value\":\"value of victim\"}}}";

    @Parameter TestDatabase.Kind kind;

    private TwoTeams teams;
    private RunningControl control;

    /** So that every door answers for itself, and none that too much was asked before. */
    @BeforeAll
    static void walkFast() {
        System.setProperty(LIMITS, "1000");
    }

    @AfterAll
    static void asUsual() {
        System.clearProperty(LIMITS);
    }

    @BeforeEach
    void twoTeams() {
        teams = new TwoTeams(kind);
        control = teams.control;
    }

    @AfterEach
    void stop() {
        teams.close();
    }

    @Test
    void noDoorFindsTellsOrChangesWhatAnotherTeamHas() {
        Map<String, List<String>> before = rows();
        var walk = new IsolationWalk(teams);

        // what is only looked at goes first: afterwards their own record tells what they asked for
        Doors.of(control).stream().filter(Door::looks).forEach(walk::through);
        Doors.of(control).stream()
                .filter(door -> !door.looks() && !door.pattern().endsWith("/sessions"))
                .forEach(walk::through);
        Doors.of(control).stream()
                .filter(door -> !door.looks() && door.pattern().endsWith("/sessions"))
                .forEach(walk::through);

        assertThat(walk.wrong()).isEmpty();
        assertThat(walk.compared()).isGreaterThan(350);
        assertThat(rows()).isEqualTo(before);
    }

    /** Otherwise the walk would be stopped by a body that nobody takes. */
    @Test
    void whatIsSentIsTakenWhereItIsOurs() {
        List<String> wrong = new ArrayList<>();
        int tried = 0;
        for (Door door : Doors.of(control)) {
            String path = new IsolationWalk(teams).ours(door);
            if (!path.isEmpty() && !door.isPage() && !door.looks() && !door.query().isEmpty()) {
                tried++;
                String body = new IsolationWalk(teams).filledWithOurs(door.query());
                String query = path.contains("?") ? "&dryRun=true" : "?dryRun=true";
                Answer answer = teams.api(teams.token, door.method().name(), path + query, body);
                if (List.of(400, 404, 415, 422).contains(answer.status())) {
                    wrong.add(door + " is answered " + answer.status() + " " + answer.body());
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(tried).isGreaterThan(20);
    }

    @Test
    void whatAnotherTeamGainsChangesNothingThatIsSeenOrCounted() {
        Map<String, String> before = seen();

        teams.fill("later");

        assertThat(before).hasSizeGreaterThan(40);
        seen().forEach((door, now) -> assertThat(now).as(door).isEqualTo(before.get(door)));
    }

    /** Everything that one can look at in one's own team, without what tells the time. */
    private Map<String, String> seen() {
        var walk = new IsolationWalk(teams);
        Map<String, String> seen = new TreeMap<>();
        for (Door door : Doors.of(control)) {
            String path = door.looks() ? walk.ours(door) : "";
            if (!path.isEmpty() && door.query().isEmpty()) {
                seen.put(door.pattern(), IsolationWalk.lasting(walk.ask(door, path, "")));
            }
        }
        return seen;
    }

    @Test
    void aRepositoryOfAnotherTeamIsAsUnknownAsOneThatNeverWas() {
        List<String> served = new ArrayList<>();
        for (String team : List.of(TwoTeams.OWN, TwoTeams.THEIRS, "nowhere")) {
            for (String app : List.of("victim-app", TwoTeams.nobodys("victim-app"))) {
                for (String rest :
                        List.of(
                                "info/refs?service=git-upload-pack",
                                "info/refs?service=git-receive-pack",
                                "git-upload-pack",
                                "git-receive-pack",
                                "HEAD",
                                "objects/info/packs")) {
                    Answer answer = git("/git/" + team + "/" + app + ".git/" + rest, rest);
                    served.add(
                            rest + " " + answer.status() + " " + answer.body().replace(app, "APP"));
                    assertThat(answer.status()).isEqualTo(404);
                }
            }
        }
        assertThat(served.stream().map(each -> each.replaceAll("home|strangers|nowhere", "TEAM")))
                .as("one answer for each request, whatever team and app")
                .satisfies(all -> assertThat(all.stream().distinct().toList()).hasSize(6));
    }

    private Answer git(String path, String rest) {
        String basic = Base64.getEncoder().encodeToString(("x:" + teams.token).getBytes());
        var request = control.request(path).header("Authorization", "Basic " + basic);
        if (rest.startsWith("git-")) {
            request.header("Content-Type", "application/x-" + rest + "-request")
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString("0000"));
        }
        return control.send(request);
    }

    @Test
    void noTopicOfTheStreamDrawsWhatAnotherTeamHas() {
        TestStream stream = teams.stranger.stream(TwoTeams.OWN);
        List<String> topics = new ArrayList<>();
        control.beans(LivePart.class).forEach(part -> topics.add(part.name()));
        control.beans(LiveFeed.class).forEach(feed -> topics.add(feed.name()));
        List<String> drawn = new ArrayList<>();
        List<String> subjects = teams.secrets();
        for (String topic : topics) {
            for (int from = 0; from < subjects.size(); from += AT_ONCE) {
                int to = Math.min(from + AT_ONCE, subjects.size());
                stream.follow(topic, subjects.subList(from, to));
                // something happens in their team while it is followed
                teams.api(RunningControl.TOKEN, "PATCH", "apps/victim-app/env", SET);
                stream.follow("server.list", "");
                drawn.addAll(untilOwn(stream));
            }
        }

        assertThat(topics).hasSizeGreaterThan(8);
        assertThat(drawn).noneMatch(each -> teams.secrets().stream().anyMatch(each::contains));
    }

    /** What is drawn up to our own list of servers, which comes last. */
    private List<String> untilOwn(TestStream stream) {
        List<String> drawn = new ArrayList<>();
        do {
            drawn.add(stream.drawing());
        } while (!drawn.getLast().contains(teams.own("servers")));
        return drawn;
    }

    @Test
    void everyOwnedTableHasItsTeamAndPostgresqlKeepsItsRowsApartByItself() {
        TeamId own = control.bean(Teams.class).named(TwoTeams.OWN).map(Team::id).orElseThrow();
        Database database = control.bean(Database.class);
        for (Table<?> table : OwnedTables.inOrder()) {
            Field<String> team = table.field("team", String.class);
            if (kind == TestDatabase.Kind.POSTGRESQL) {
                List<String> seen =
                        database.read(own, tx -> tx.selectDistinct(team).from(table).fetch(team));
                assertThat(seen).as(table.getName()).isSubsetOf(own.value());
                int changed =
                        table.getName().equals("audit_entry")
                                ? 0
                                : database.write(
                                        own,
                                        tx ->
                                                tx.update(table)
                                                        .set(team, own.value())
                                                        .where(team.eq(teams.victim.value()))
                                                        .execute());
                assertThat(changed).as(table.getName()).isZero();
            }
        }
        assertThat(rows()).isNotEmpty();
    }

    /** All rows of theirs, and what stands under their persons. */
    private Map<String, List<String>> rows() {
        Database database = control.bean(Database.class);
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (Table<?> table : OwnedTables.inOrder()) {
            Field<String> team = table.field("team", String.class);
            rows.put(
                    table.getName(),
                    database.read(
                            teams.victim,
                            tx ->
                                    tx
                                            .selectFrom(table)
                                            .where(team.eq(teams.victim.value()))
                                            .fetch()
                                            .stream()
                                            .map(Record::toString)
                                            .sorted()
                                            .toList()));
        }
        rows.remove("letter"); // the postman tries again meanwhile
        rows.put("letters", List.of(String.valueOf(teams.theirs("letters").size())));
        rows.put("persons", persons());
        return rows;
    }

    private List<String> persons() {
        List<String> left = new ArrayList<>();
        for (String table : List.of("passkey", "identity", "sign_in_link", "spring_session")) {
            String whose = table.equals("spring_session") ? "principal_name" : "person";
            for (String person : teams.theirs("members")) {
                int count =
                        control.bean(Database.class)
                                .systemRead(
                                        tx ->
                                                tx.fetchCount(
                                                        org.jooq.impl.DSL.table(table),
                                                        org.jooq
                                                                .impl
                                                                .DSL
                                                                .field(whose, String.class)
                                                                .eq(person)));
                left.add(table + " of " + person + " " + count);
            }
        }
        return left;
    }
}
