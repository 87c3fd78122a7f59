package dev.escale.control.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.TestBrowser;
import dev.escale.control.TestStream;
import dev.escale.control.db.Database;
import dev.escale.control.db.OwnedTables;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.deployment.PlayedAgent;
import dev.escale.protocol.Holding;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** How a team is given away, left and deleted, by page and REST, on both databases. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class TeamEndTest extends HomeTeam {
    private static final Pattern PLAN = Pattern.compile("name=\"plan\" value=\"(pl_[a-z0-9]+)\"");
    private static final String OWNER = "{\"grants\":[{\"role\":\"owner\"}]}";
    private static final String ADMIN = "{\"grants\":[{\"role\":\"admin\"}]}";

    @Test
    void aDeletedTeamIsGoneForPeopleAtOnceAndEmptyWhenItsServersHaveLeft() {
        TestBrowser ada = join("Ada", ADMIN);
        TestBrowser owner = join("Olga", OWNER);
        owner.post("/home/teams", "name", "Rest");
        PlayedAgent agent = PlayedAgent.join(control, "web-1");
        app("Shop", "web-1");
        owner("POST", "servers", "{\"name\":\"web-2\"}");
        String guest =
                URI.create(
                                owner("POST", "teams/home/invitations", ADMIN)
                                        .json()
                                        .get("link")
                                        .asString())
                        .getPath();
        owner("POST", "teams/home/roles", "{\"name\":\"Looker\",\"permissions\":[\"app.read\"]}");
        String adas = ada.token("home");
        TestStream open = ada.stream("home");
        TeamId home = team("home");

        assertThat(code(as(adas, "DELETE", "teams/home", null))).isEqualTo("permission.missing");
        assertThat(ada.get("/home/team/settings").body()).doesNotContain("/home/team/remove");
        assertThat(ada.get("/home/team/remove").status()).isEqualTo(403);
        agent.answerSurvey(
                new Outcome.Surveyed(List.of(new Holding("shop", "shared", "uploads", 7))));
        Answer asked = owner.get("/home/team/remove");
        assertThat(asked.body())
                .contains("member Ada", "role Looker", "one open invitation")
                .contains("server web-1", "app Shop", "uploads", "server web-2")
                .contains("Its record stays", "/home leads nowhere");
        agent.answerSurvey(new Outcome.Surveyed(List.of()));
        Answer mistyped = owner.post("/home/team/remove", "plan", plan(asked), "name", "home");
        assertThat(mistyped.status()).isEqualTo(200);
        assertThat(team("home")).isEqualTo(home);
        agent.answerSurvey(new Outcome.Surveyed(List.of()));
        Answer done = owner.post("/home/team/remove", "plan", plan(mistyped), "name", "Home");

        assertThat(done.header("Location")).as(done.body()).isEqualTo("/");
        assertThat(open.closeCode()).isEqualTo(4403);
        assertThat(as(adas, "GET", "me", null).status()).isEqualTo(401);
        assertThat(owner("GET", "me", null).status()).isEqualTo(401);
        Answer nowhere = ada.get("/home/apps");
        assertThat(nowhere.status()).isEqualTo(403);
        assertThat(nowhere.body())
                .contains("You belong to no team", "open their link", "action=\"/logout\"");
        assertThat(owner.get("/").header("Location")).isEqualTo("/rest/apps");
        assertThat(owner.get("/home/apps").status()).isEqualTo(404);
        assertThat(new TestBrowser(control).get(guest).status()).isEqualTo(404);
        assertThat(owner.post("/rest/teams", "name", "Home").body())
                .contains("Another team has the address home");
        assertThat(rows(home)).isNotEmpty();

        agent.order(Order.Leave.class);
        control.bean(EndedTeams.class).look(Instant.now());
        awaitEmpty(home);
        assertThat(rows(home)).isEmpty();
        assertThat(entries(home))
                .contains("team.remove", "app.remove", "team.emptied", "member.join");

        // what somebody without a team can do: accept an invitation of another
        String token = owner.token("rest");
        Answer again = as(token, "POST", "teams/rest/invitations", ADMIN);
        String link = URI.create(again.json().get("link").asString()).getPath();
        assertThat(ada.get(link).body()).contains("Join as Ada");
        assertThat(ada.post(link).header("Location")).isEqualTo("/rest/apps");
    }

    @Test
    void aServerThatIsAwayIsWaitedForThirtyDaysAndSaidSo() {
        TestBrowser owner = join("Olga", OWNER);
        owner.post("/home/teams", "name", "Rest");
        PlayedAgent agent = PlayedAgent.join(control, "web-1");
        agent.vanish();
        awaitOffline();
        TeamId home = team("home");

        Answer planned = owner("DELETE", "teams/home?dryRun=true", null);
        assertThat(planned.body()).contains("web-1 is not connected", "within 30 days");
        Answer ended = apply(RunningControl.TOKEN, planned);
        assertThat(ended.json().get("state").asString()).as(ended.body()).isEqualTo("removing");

        control.bean(EndedTeams.class).look(Instant.now().plus(Duration.ofDays(29)));
        assertThat(rows(home)).isNotEmpty();
        agent.connect();
        agent.order(Order.Leave.class);
        control.bean(EndedTeams.class).look(Instant.now().plus(Duration.ofDays(29)));
        awaitEmpty(home);

        assertThat(rows(home)).isEmpty();
    }

    @Test
    void aServerThatNeverReturnsIsGivenUpAndOneThatCouldNotLeaveIsAskedAgain() {
        TestBrowser owner = join("Olga", OWNER);
        owner.post("/home/teams", "name", "Rest");
        PlayedAgent agent = PlayedAgent.join(control, "web-1");
        TeamId home = team("home");
        agent.answerSurvey(new Outcome.Surveyed(List.of()));
        Answer planned = owner("DELETE", "teams/home?dryRun=true", null);
        agent.answerSurvey(new Outcome.Surveyed(List.of()));
        apply(RunningControl.TOKEN, planned);

        agent.order(
                Order.Leave.class, new Outcome.Failed(dev.escale.protocol.Note.of("disk.full")));
        awaitStatus(home, "online");
        control.bean(EndedTeams.class).look(Instant.now());
        agent.order(
                Order.Leave.class, new Outcome.Failed(dev.escale.protocol.Note.of("disk.full")));
        agent.vanish();
        control.bean(EndedTeams.class).look(Instant.now().plus(Duration.ofDays(31)));

        assertThat(rows(home)).isEmpty();
    }

    @Test
    void theOnlyTeamStaysAndItsOwnerIsNotPutBackAfterLeavingAnother() {
        assertThat(code(owner("DELETE", "teams/home", null))).isEqualTo("team.onlyOne");

        TestBrowser olga = join("Olga", OWNER);
        String first = member("Owner");
        String token = olga.token("home");
        Answer leaving = as(token, "DELETE", "teams/home/members/" + first, null);
        assertThat(apply(token, leaving).status()).isEqualTo(200);
        control.restart();

        assertThat(as(token, "GET", "teams/home/members", null).body()).doesNotContain(first);
        assertThat(owner("GET", "me", null).status()).isEqualTo(401);
    }

    @Test
    void aTeamIsHandedOverInOneActByRestAndPage() {
        TestBrowser ada = join("Ada", ADMIN);
        String adas = ada.token("home");
        String body = "{\"person\":\"" + member("Ada") + "\"}";

        assertThat(code(as(adas, "PUT", "teams/home/owner", body))).isEqualTo("permission.missing");
        Answer planned = owner("PUT", "teams/home/owner", body);
        assertThat(code(planned)).isEqualTo("plan.confirmationNeeded");
        assertThat(apply(RunningControl.TOKEN, planned).json().get("name").asString())
                .isEqualTo("Ada");
        assertThat(code(owner("PUT", "teams/home/owner", body))).isEqualTo("permission.missing");

        String back = member("Owner");
        assertThat(ada.get("/home/team/settings").body()).contains("Hand the team over");
        Answer asked = ada.get("/home/team/transfer?person=" + back);
        assertThat(asked.body()).contains("Owner owns the team", "Ada is an admin");
        Answer done =
                ada.post(
                        "/home/team/transfer?person=" + back, "plan", plan(asked), "name", "Owner");
        assertThat(done.header("Location")).isEqualTo("/home/team");
        assertThat(owner("GET", "me", null).json().get("permissions").toString()).contains("*");
        assertThat(as(adas, "GET", "me", null).json().get("permissions").toString())
                .doesNotContain("\"*\"");
    }

    @Test
    void whenBothOwnersLeaveAtTheSameMomentOneStays() throws Exception {
        for (int round = 0; round < 5; round++) {
            TestBrowser one = join("One" + round, OWNER);
            one.post("/home/teams", "name", "Pair " + round);
            String pair = "pair-" + round;
            String token = one.token(pair);
            Answer invited = as(token, "POST", "teams/" + pair + "/invitations", OWNER);
            var other = new TestBrowser(control);
            other.post(
                    URI.create(invited.json().get("link").asString()).getPath(), "name", "Other");
            String leave = "/" + pair + "/team/leave";
            String firstPlan = plan(one.get(leave));
            String secondPlan = plan(other.get(leave));

            var start = new CyclicBarrier(2);
            String name = "Pair " + round;
            List<Answer> both =
                    together(
                            () -> {
                                start.await();
                                return one.post(leave, "plan", firstPlan, "name", name);
                            },
                            () -> {
                                start.await();
                                return other.post(leave, "plan", secondPlan, "name", name);
                            });

            assertThat(both).extracting(Answer::status).containsExactlyInAnyOrder(303, 409);
            assertThat(control.bean(Members.class).all(team(pair)))
                    .singleElement()
                    .matches(Member::owns);
        }
    }

    private static List<Answer> together(Callable<Answer> one, Callable<Answer> other)
            throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(one);
            var second = threads.submit(other);
            return List.of(first.get(), second.get());
        }
    }

    private List<String> rows(TeamId team) {
        List<String> left = new ArrayList<>();
        for (var table : OwnedTables.inOrder()) {
            if (!table.getName().equals("audit_entry")) {
                int count =
                        control.bean(Database.class)
                                .read(
                                        team,
                                        tx ->
                                                tx.fetchCount(
                                                        table,
                                                        table.field("team", String.class)
                                                                .eq(team.value())));
                left.addAll(java.util.Collections.nCopies(count, table.getName()));
            }
        }
        return left;
    }

    private List<String> entries(TeamId team) {
        return control.bean(Database.class)
                .read(
                        team,
                        tx ->
                                tx.fetch(
                                                "select action from audit_entry where team = ?",
                                                team.value())
                                        .map(row -> row.get(0, String.class)));
    }

    /** What an agent says is worked on after it was said. */
    private void awaitEmpty(TeamId team) {
        await(
                () -> {
                    control.bean(EndedTeams.class).look(Instant.now());
                    return rows(team).isEmpty();
                });
    }

    private void awaitOffline() {
        await(() -> owner("GET", "servers/web-1", null).body().contains("\"offline\""));
    }

    private void awaitStatus(TeamId team, String status) {
        await(
                () ->
                        control.bean(Database.class)
                                .read(
                                        team,
                                        tx ->
                                                tx.fetchExists(
                                                        org.jooq
                                                                .impl
                                                                .DSL
                                                                .selectOne()
                                                                .from("server")
                                                                .where("status = ?", status))));
    }

    private static void await(java.util.function.BooleanSupplier came) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!came.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not come");
            }
            Thread.onSpinWait();
        }
    }

    private TeamId team(String slug) {
        return control.bean(Teams.class).named(slug).map(Team::id).orElseThrow();
    }

    private static String plan(Answer page) {
        Matcher plan = PLAN.matcher(page.body());
        assertThat(plan.find()).as(page.body()).isTrue();
        return plan.group(1);
    }
}
