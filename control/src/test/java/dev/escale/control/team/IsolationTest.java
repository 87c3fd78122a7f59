package dev.escale.control.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.MailServer;
import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.TestBrowser;
import dev.escale.control.TestStream;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.db.schema.Tables;
import dev.escale.control.web.stream.LiveFeed;
import dev.escale.control.web.stream.LivePart;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Somebody of one team, at every door, with everything that another team has: nothing is found,
 * nothing told, nothing changed. The doors are those that Spring knows, so a new one is walked
 * through as soon as it is there.
 */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class IsolationTest {
    private static final String LIMITS = "escale.limits.times";
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)[^}]*}");

    /** Says the same to everybody, or signs the stranger out. */
    private static final Set<String> NOBODYS =
            Set.of("/api/v1/openapi.json", "/api/v1/sessions", "/api/v1/teams/{team}/permissions");

    /** So that an invitation may name an address; no letter is to arrive. */
    private static final MailServer UNREACHABLE =
            new MailServer(false, "localhost", 9, null, null, "escale@example.org", null);

    @Parameter TestDatabase.Kind kind;

    private RunningControl control;
    private TestBrowser stranger;
    private String token;
    private TeamId victim;
    private final Map<String, List<String>> theirs = new LinkedHashMap<>();

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
        control = RunningControl.start(kind, usual -> usual.withMail(UNREACHABLE));
        api(RunningControl.TOKEN, "POST", "servers", "{\"name\":\"victim-server\"}");
        api(
                RunningControl.TOKEN,
                "POST",
                "apps",
                "{\"name\":\"Victim"
                        + " app\",\"server\":\"victim-server\",\"branch\":\"main\",\"source\":"
                        + "{\"type\":\"git\",\"url\":\"https://git.example.com/victim.git\"}}");
        api(
                RunningControl.TOKEN,
                "PATCH",
                "apps/victim-app/env",
                "{\"set\":{\"VICTIM_VARIABLE\":{\"value\":\"victim value\",\"secret\":false}}}");
        api(RunningControl.TOKEN, "POST", "apps/victim-app/deployments", "{}");
        api(RunningControl.TOKEN, "DELETE", "apps/victim-app?dryRun=true", null);
        api(RunningControl.TOKEN, "POST", "tokens", "{\"name\":\"victim token\"}");
        api(
                RunningControl.TOKEN,
                "POST",
                "teams/home/roles",
                "{\"name\":\"Victim role\",\"permissions\":[\"app.read\"]}");
        Answer invited =
                api(
                        RunningControl.TOKEN,
                        "POST",
                        "teams/home/invitations",
                        "{\"grants\":[{\"role\":\"owner\"}]}");
        stranger = new TestBrowser(control);
        stranger.post(
                URI.create(invited.json().get("link").asString()).getPath(), "name", "Stranger");
        stranger.post("/home/teams", "name", "Strangers");
        token = stranger.token("strangers");
        api(
                RunningControl.TOKEN,
                "POST",
                "teams/home/invitations",
                "{\"email\":\"victim@example.com\",\"grants\":[{\"role\":\"viewer\"}]}");
        String leaver = api(token, "GET", "me", null).json().get("person").asString();
        Answer leaving = api(RunningControl.TOKEN, "DELETE", "teams/home/members/" + leaver, null);
        api(
                RunningControl.TOKEN,
                "POST",
                "plans/" + leaving.json().get("planId").asString() + "/apply",
                "{}");
        victim = control.bean(Teams.class).named("home").map(Team::id).orElseThrow();
        collect();
    }

    @AfterEach
    void stop() {
        control.close();
    }

    @Test
    void noDoorFindsTellsOrChangesWhatAnotherTeamHas() {
        Map<String, List<String>> before = rows();
        List<String> wrong = new ArrayList<>();
        // what is only looked at goes first: afterwards their own record tells what they asked for
        int walked = walk(true, wrong) + walk(false, wrong);

        assertThat(wrong).isEmpty();
        assertThat(walked).isGreaterThan(150);
        assertThat(rows()).isEqualTo(before);
    }

    private int walk(boolean looks, List<String> wrong) {
        int walked = 0;
        for (var entry :
                control.bean(RequestMappingHandlerMapping.class).getHandlerMethods().entrySet()) {
            for (String pattern : entry.getKey().getPatternValues()) {
                boolean page = pattern.startsWith("/{team}");
                if (!page && !pattern.startsWith("/api/v1/") || NOBODYS.contains(pattern)) {
                    continue;
                }
                for (RequestMethod method : entry.getKey().getMethodsCondition().getMethods()) {
                    if (looks != (method == RequestMethod.GET)) {
                        continue;
                    }
                    for (String path : filled(pattern)) {
                        walked++;
                        look(method, pattern, path, page, wrong);
                    }
                }
            }
        }
        return walked;
    }

    @Test
    void noRepositoryOfAnotherTeamIsOpened() {
        for (String team : List.of("home", "strangers")) {
            for (String service : List.of("git-upload-pack", "git-receive-pack")) {
                Answer answer =
                        control.send(
                                control.request(
                                                "/git/"
                                                        + team
                                                        + "/victim-app.git/info/refs?service="
                                                        + service)
                                        .header(
                                                "Authorization",
                                                "Basic "
                                                        + java.util.Base64.getEncoder()
                                                                .encodeToString(
                                                                        ("x:" + token)
                                                                                .getBytes())));
                assertThat(answer.status()).isEqualTo(404);
                assertThat(told(answer)).isSubsetOf("victim-app");
            }
        }
    }

    @Test
    void noTopicOfTheStreamDrawsWhatAnotherTeamHas() {
        var stream = stranger.stream("strangers");
        List<String> topics = new ArrayList<>();
        control.beans(LivePart.class).forEach(part -> topics.add(part.name()));
        control.beans(LiveFeed.class).forEach(feed -> topics.add(feed.name()));
        String own =
                api(token, "POST", "servers", "{\"name\":\"own-server\"}")
                        .json()
                        .get("id")
                        .asString();
        List<String> drawn = new ArrayList<>();
        for (String topic : topics) {
            for (String subject : theirs.values().stream().flatMap(List::stream).toList()) {
                stream.follow(topic, subject);
            }
            // something happens in their team while it is followed
            api(
                    RunningControl.TOKEN,
                    "PATCH",
                    "apps/victim-app/env",
                    "{\"set\":{\"VICTIM_VARIABLE\":{\"value\":\"victim value\"}}}");
            stream.follow("server.list", "");
            drawn.addAll(untilOwn(stream, own));
        }

        assertThat(topics).hasSizeGreaterThan(8);
        assertThat(drawn).noneMatch(each -> theirs(each));
    }

    /** What is drawn up to our own list of servers, which comes last. */
    private static List<String> untilOwn(TestStream stream, String own) {
        List<String> drawn = new ArrayList<>();
        do {
            drawn.add(stream.drawing());
        } while (!drawn.getLast().contains(own));
        return drawn;
    }

    private boolean theirs(String text) {
        return theirs.values().stream()
                .flatMap(List::stream)
                .filter(each -> !each.equals("home"))
                .anyMatch(text::contains);
    }

    @Test
    void everyOwnedTableHasItsTeamAndPostgresqlKeepsItsRowsApartByItself() {
        TeamId own = control.bean(Teams.class).named("strangers").map(Team::id).orElseThrow();
        Database database = control.bean(Database.class);
        for (Table<?> table : owned()) {
            Field<String> team = table.field("team", String.class);
            assertThat(team).as(table.getName()).isNotNull();
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
                                                        .where(team.eq(victim.value()))
                                                        .execute());
                assertThat(changed).as(table.getName()).isZero();
            }
        }
        assertThat(rows()).isNotEmpty();
    }

    private void look(
            RequestMethod method, String pattern, String path, boolean page, List<String> wrong) {
        Answer answer = page ? visit(method, path) : api(token, method.name(), rest(path), "{}");
        if (answer.status() == 429) {
            wrong.add(method + " " + path + " was not walked through");
        }
        boolean names = pattern.contains("{") && !pattern.equals("/{team}") && named(path);
        if (names && answer.status() < 400) {
            wrong.add(method + " " + path + " is answered " + answer.status());
        }
        if (names && method == RequestMethod.GET && answer.status() != 404) {
            wrong.add(method + " " + path + " is " + answer.status() + " and not 404");
        }
        told(answer).stream()
                .filter(each -> !path.contains(each))
                .forEach(each -> wrong.add(method + " " + path + " tells " + each));
    }

    /** Whether the address names something of theirs. */
    private boolean named(String path) {
        return theirs.values().stream()
                .flatMap(List::stream)
                .anyMatch(each -> Arrays.asList(path.split("/")).contains(each));
    }

    private Answer visit(RequestMethod method, String path) {
        return method == RequestMethod.GET ? stranger.get(path) : stranger.post(path);
    }

    private static String rest(String path) {
        return path.substring("/api/v1/".length());
    }

    /** What of theirs stands in the answer. */
    private Set<String> told(Answer answer) {
        var told = new TreeSet<String>();
        theirs.values().stream()
                .flatMap(List::stream)
                .filter(each -> !each.equals("home"))
                .filter(answer.body()::contains)
                .forEach(told::add);
        return told;
    }

    /** The address with each of theirs in its places, in our team; and in theirs. */
    private List<String> filled(String pattern) {
        List<String> paths = List.of(pattern);
        Matcher variables = VARIABLE.matcher(pattern);
        while (variables.find()) {
            String name = variables.group(1);
            List<String> values =
                    name.equals("team")
                            ? List.of("strangers", "home")
                            : theirs.getOrDefault(name, addresses());
            List<String> more = new ArrayList<>();
            for (String path : paths) {
                for (String value : values) {
                    more.add(path.replace(variables.group(), value));
                }
            }
            paths = more;
        }
        return paths;
    }

    /** What of theirs can stand in an address. */
    private List<String> addresses() {
        return theirs.entrySet().stream()
                .filter(each -> !each.getKey().equals("told"))
                .flatMap(each -> each.getValue().stream())
                .toList();
    }

    private void collect() {
        theirs.put("app", ids(Tables.APP, "id", "slug"));
        theirs.put("person", ids(Tables.MEMBER, "person"));
        theirs.put(
                "id",
                java.util.stream.Stream.of(
                                ids(Tables.DEPLOYMENT, "id"),
                                ids(Tables.SERVER, "id", "name"),
                                ids(Tables.TOKEN, "id"),
                                ids(Tables.PLAN, "id"),
                                ids(Tables.INVITATION, "id"),
                                ids(Tables.TEAM_ROLE, "id"))
                        .flatMap(List::stream)
                        .toList());
        theirs.put(
                "told",
                List.of(
                        "Victim app",
                        "VICTIM_VARIABLE",
                        "victim value",
                        "victim token",
                        "Victim role",
                        "victim@example.com",
                        "victim.git"));
        theirs.forEach((name, values) -> assertThat(values).as(name).isNotEmpty());
    }

    private List<String> ids(Table<?> table, String... columns) {
        Database database = control.bean(Database.class);
        List<String> found = new ArrayList<>();
        for (String column : columns) {
            Field<String> field = table.field(column, String.class);
            found.addAll(
                    database.read(
                            victim,
                            tx ->
                                    tx.select(field)
                                            .from(table)
                                            .where(
                                                    table.field("team", String.class)
                                                            .eq(victim.value()))
                                            .fetch(field)));
        }
        return found;
    }

    /** All rows of theirs; the record grows by what they do themselves, and by nothing else. */
    private Map<String, List<String>> rows() {
        Database database = control.bean(Database.class);
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (Table<?> table : owned()) {
            rows.put(
                    table.getName(),
                    database.read(
                            victim,
                            tx ->
                                    tx
                                            .selectFrom(table)
                                            .where(
                                                    table.field("team", String.class)
                                                            .eq(victim.value()))
                                            .fetch()
                                            .stream()
                                            .map(Record::toString)
                                            .sorted()
                                            .toList()));
        }
        return rows;
    }

    private static List<Table<?>> owned() {
        return Tables.APP.getSchema().getTables().stream()
                .<Table<?>>map(table -> table)
                .filter(table -> table.field("team") != null)
                .toList();
    }

    private Answer api(String who, String method, String path, String body) {
        return control.send(
                control.request("/api/v1/" + path)
                        .header("Authorization", "Bearer " + who)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body)));
    }
}
