package dev.escale.control.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.agentlink.FakeAgent;
import dev.escale.control.agentlink.ServerId;
import dev.escale.control.authority.Authority;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.db.schema.Tables;
import dev.escale.control.event.Event;
import dev.escale.control.event.Events;
import dev.escale.control.team.Teams;
import dev.escale.protocol.Command;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.Holding;
import dev.escale.protocol.Metrics;
import dev.escale.protocol.Note;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers over REST and the agents' registration, over a real port, on each database. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
final class ServerDoorTest {
    private static RunningControl control;
    private static TeamId team;
    private static int number;

    @Parameter TestDatabase.Kind kind;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase.Kind kind) {
        control = RunningControl.start(kind);
        team = control.bean(Teams.class).all().getFirst().id();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        control.close();
    }

    @Test
    void addedServerWaitsAndHasACommandToPaste() {
        String name = name();

        Answer added = add(name);

        assertThat(added.status()).isEqualTo(201);
        assertThat(text(added, "/state")).isEqualTo("waiting");
        assertThat(text(added, "/installCommand"))
                .contains(text(added, "/registrationToken"))
                .contains(control.bean(Authority.class).sha256())
                .doesNotContain("-k ")
                .doesNotContain("insecure");
        Answer shown = control.get("/api/v1/servers/" + name);
        assertThat(text(shown, "/id")).isEqualTo(text(added, "/id"));
        assertThat(shown.body()).doesNotContain("registrationToken");
    }

    @Test
    void namesThatAreNoneOrTakenAreRefused() {
        String name = name();
        add(name);

        assertThat(add(name).body()).contains("server.nameTaken");
        assertThat(add("a\\nb").body()).contains("server.name");
        assertThat(add("../x").body()).contains("server.name");
        assertThat(add(" ").body()).contains("input.required");
        assertThat(add(" ").status()).isEqualTo(422);
    }

    @Test
    void dryRunAddsNothing() {
        String name = name();

        Answer planned =
                control.send("POST", "/api/v1/servers?dryRun=true", "{\"name\":\"" + name + "\"}");

        assertThat(planned.status()).isEqualTo(200);
        assertThat(text(planned, "/planId")).startsWith("pl_");
        assertThat(control.get("/api/v1/servers/" + name).status()).isEqualTo(404);
    }

    @Test
    void appliedPlanAnswersAsItsDoorDoesAndIsShownInTheReadersLanguage() {
        String name = name();
        String id =
                text(
                        control.send(
                                "POST",
                                "/api/v1/servers?dryRun=true",
                                "{\"name\":\"" + name + "\"}"),
                        "/planId");

        Answer french =
                control.send(
                        control.authorized("/api/v1/plans/" + id).header("Accept-Language", "fr"));
        Answer applied = control.send("POST", "/api/v1/plans/" + id + "/apply", "{}");

        assertThat(text(french, "/planId")).isEqualTo(id);
        assertThat(text(french, "/steps/0/text")).contains("serveur").contains(name);
        assertThat(text(french, "/steps/0/code")).isEqualTo("server.add.server");
        assertThat(applied.status()).isEqualTo(200);
        assertThat(text(applied, "/state")).isEqualTo("waiting");
        assertThat(text(applied, "/installCommand")).contains(text(applied, "/registrationToken"));
        assertThat(applied.json().has("originIp")).isFalse();
    }

    @Test
    void listsServersPageByPage() {
        for (int i = 0; i < 3; i++) {
            add(name());
        }

        Answer first = control.get("/api/v1/servers?limit=2");
        Answer second = control.get("/api/v1/servers?limit=2&cursor=" + text(first, "/next"));

        assertThat(first.json().at("/items").size()).isEqualTo(2);
        assertThat(text(second, "/items/0/id")).isNotEqualTo(text(first, "/items/1/id"));
        assertThat(control.get("/api/v1/servers?limit=0").status()).isEqualTo(422);
    }

    @Test
    void renamedServerKeepsItsId() {
        String id = text(add(name()), "/id");
        String name = name();

        Answer renamed =
                control.send("PATCH", "/api/v1/servers/" + id, "{\"name\":\"" + name + "\"}");

        assertThat(renamed.status()).isEqualTo(200);
        assertThat(text(control.get("/api/v1/servers/" + name), "/id")).isEqualTo(id);
    }

    @Test
    void tokenRegistersOneAgentOnce() {
        String token = text(add(name()), "/registrationToken");

        assertThat(agent().register(token).status()).isEqualTo(201);

        Answer again = agent().register(token);
        assertThat(again.status()).isEqualTo(409);
        assertThat(text(again, "/code")).isEqualTo("registration.tokenUsed");
    }

    @Test
    void unknownTokenIsRefused() {
        Answer refused = agent().register("esr_nonsense");

        assertThat(refused.status()).isEqualTo(401);
        assertThat(text(refused, "/code")).isEqualTo("registration.tokenUnknown");
    }

    @Test
    void expiredTokenIsRefusedAndANewOneWorks() {
        Answer added = add(name());
        expireTokens(text(added, "/id"));

        Answer refused = agent().register(text(added, "/registrationToken"));
        Answer renewed = newToken(text(added, "/id"));

        assertThat(refused.status()).isEqualTo(410);
        assertThat(text(refused, "/code")).isEqualTo("registration.tokenExpired");
        assertThat(agent().register(text(renewed, "/registrationToken")).status()).isEqualTo(201);
    }

    @Test
    void nonsenseAndHugeRegistrationsAreRefused() {
        assertThat(control.send("POST", "/agent/v1/register", "{}").status()).isEqualTo(400);
        assertThat(control.send("POST", "/agent/v1/register", "x".repeat(100_000)).status())
                .isEqualTo(413);
    }

    @Test
    void serverThatIsSetUpAnewReplacesItsAgent() throws Exception {
        FakeAgent first = online();

        FakeAgent second = agent();
        second.register(text(newToken(first.server()), "/registrationToken"));

        assertThat(second.server()).isEqualTo(first.server());
        assertThat(second.connect().server()).isEqualTo(second.server());
    }

    @Test
    void removingIsNeverDoneWithoutAConfirmedPlan() {
        String id = text(add(name()), "/id");

        Answer refused = control.send("DELETE", "/api/v1/servers/" + id, "");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(text(refused, "/code")).isEqualTo("plan.confirmationNeeded");
        assertThat(control.get("/api/v1/servers/" + id).status()).isEqualTo(200);
    }

    @Test
    void removedServerSaysWhatGoesAndLeaves() throws Exception {
        FakeAgent agent = online();
        CompletableFuture<Answer> planning = plan(agent.server());
        survey(agent, 1);
        Answer planned = planning.get(10, TimeUnit.SECONDS);
        assertThat(planned.json().at("/plan/lost").size()).isEqualTo(1);

        CompletableFuture<Answer> removing = apply(text(planned, "/planId"));
        survey(agent, 2);
        Command leave = agent.command();
        agent.done(3, leave, new Outcome.Done());

        assertThat(leave.order()).isEqualTo(new Order.Leave());
        assertThat(text(removing.get(10, TimeUnit.SECONDS), "/state")).isEqualTo("removed");
        assertThat(control.get("/api/v1/servers/" + agent.server()).status()).isEqualTo(404);
    }

    @Test
    void serverThatCannotLeaveStays() throws Exception {
        FakeAgent agent = online();
        CompletableFuture<Answer> planning = plan(agent.server());
        survey(agent, 1);

        CompletableFuture<Answer> removing =
                apply(text(planning.get(10, TimeUnit.SECONDS), "/planId"));
        survey(agent, 2);
        agent.done(3, agent.command(), new Outcome.Failed(Note.of("disk.full")));

        assertThat(text(removing.get(10, TimeUnit.SECONDS), "/state")).isEqualTo("online");
    }

    @Test
    void serverThatIsAwayIsForgottenAndThePlanSaysWhatStays() throws Exception {
        Answer added = add(name());
        agent().register(text(added, "/registrationToken"));

        Answer planned = plan(text(added, "/id")).get(10, TimeUnit.SECONDS);
        Answer kept = control.get("/api/v1/plans/" + text(planned, "/planId"));
        Answer removed = apply(text(planned, "/planId")).get(10, TimeUnit.SECONDS);

        assertThat(planned.json().at("/plan/changes").toString()).contains("stay");
        assertThat(kept.json().at("/plan")).isEqualTo(planned.json().at("/plan"));
        assertThat(text(kept, "/planId")).isEqualTo(text(planned, "/planId"));
        assertThat(text(kept, "/operation")).isEqualTo("server.remove");
        assertThat(kept.json().at("/applied").asBoolean()).isFalse();
        assertThat(text(removed, "/state")).isEqualTo("removed");
    }

    @Test
    void metricsAreAnEventAtOnceAndTheLatestOverRest() throws Exception {
        FakeAgent agent = online();
        var events = new ArrayBlockingQueue<Event>(10);

        try (var subscribed =
                control.bean(Events.class)
                        .subscribe(team, ("server:" + agent.server())::equals, events::add)) {
            assertThat(subscribed).isNotNull();
            agent.say(new FromAgent.Sample(measured(0.5)));
            Event event = events.poll(10, TimeUnit.SECONDS);
            while (event != null && !event.kind().equals("metrics")) {
                event = events.poll(10, TimeUnit.SECONDS);
            }
            assertThat(event).isNotNull();
        }

        Answer shown = control.get("/api/v1/servers/" + agent.server() + "/metrics");
        assertThat(shown.json().at("/latest/cpu").asDouble()).isEqualTo(0.5);
    }

    @Test
    void averageOfTheMinuteIsKept() {
        var server = new ServerId(text(add(name()), "/id"));
        ServerMetrics metrics = control.bean(ServerMetrics.class);

        metrics.sample(team, server, measured(0.2));
        metrics.sample(team, server, measured(0.4));
        metrics.silent(team, server);

        List<Metrics> kept = metrics.since(team, server, Instant.EPOCH);
        assertThat(kept).isNotEmpty();
        assertThat(kept.getLast().cpu()).isBetween(0.2, 0.4);
    }

    @Test
    void imageThatWasNotBuiltIsSaidToBeMissing() {
        Answer missing = control.get("/agent/escale-agent-linux-amd64.tar.gz");

        assertThat(missing.status()).isEqualTo(404);
        assertThat(text(missing, "/code")).isEqualTo("agent.imageMissing");
    }

    @Test
    void installerKnowsItsControlPlane() {
        Answer script = control.get("/install.sh");

        assertThat(script.status()).isEqualTo(200);
        assertThat(script.body())
                .contains(control.config().publicUrl().toString())
                .contains(control.bean(Authority.class).sha256())
                .doesNotContain("@URL@")
                .doesNotContain("@CA_");
    }

    private static FakeAgent agent() {
        return new FakeAgent(control, control.bean(Authority.class).sha256());
    }

    private static FakeAgent online() throws Exception {
        FakeAgent agent = agent();
        agent.register(text(add(name()), "/registrationToken"));
        agent.connect();
        agent.awaitOnline();
        return agent;
    }

    private static Answer newToken(String server) {
        return control.send("POST", "/api/v1/servers/" + server + "/registration-tokens", "");
    }

    private static CompletableFuture<Answer> plan(String server) {
        return CompletableFuture.supplyAsync(
                () -> control.send("DELETE", "/api/v1/servers/" + server + "?dryRun=true", ""));
    }

    private static CompletableFuture<Answer> apply(String plan) {
        return CompletableFuture.supplyAsync(
                () -> control.send("POST", "/api/v1/plans/" + plan + "/apply", "{}"));
    }

    private static void survey(FakeAgent agent, long sequence) throws Exception {
        Command survey = agent.command();
        assertThat(survey.order()).isEqualTo(new Order.Survey(null));
        var shared = new Holding("app_x", "shared", "/var/lib/escale/apps/app_x/shared", 42);
        agent.done(sequence, survey, new Outcome.Surveyed(List.of(shared)));
    }

    private static Metrics measured(double cpu) {
        return new Metrics(Instant.EPOCH, cpu, 0.1, 1, 2, 3, 4, 5, 6, List.of());
    }

    private static void expireTokens(String server) {
        var token = Tables.REGISTRATION_TOKEN;
        control.bean(Database.class)
                .write(
                        team,
                        tx ->
                                tx.update(token)
                                        .set(token.EXPIRES_AT, Instant.EPOCH)
                                        .where(token.SERVER.eq(server))
                                        .execute());
    }

    private static Answer add(String name) {
        return control.send("POST", "/api/v1/servers", "{\"name\":\"" + name + "\"}");
    }

    private static String name() {
        return "web-" + ++number;
    }

    private static String text(Answer answer, String pointer) {
        return answer.json().at(pointer).asString();
    }
}
