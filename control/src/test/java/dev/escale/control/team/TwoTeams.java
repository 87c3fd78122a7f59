package dev.escale.control.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.MailServer;
import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.TestBrowser;
import dev.escale.control.account.ProviderDance;
import dev.escale.control.account.SoftKey;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.db.schema.Tables;
import dev.escale.control.provider.FakeProvider;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Field;
import org.jooq.Table;

/** A team that has one of everything, and somebody of another one, who was of it once. */
final class TwoTeams implements AutoCloseable {
    static final String THEIRS = "home";
    static final String OWN = "strangers";

    final RunningControl control;
    final TestBrowser stranger;
    final String token;
    final TeamId victim;

    private final FakeProvider provider = FakeProvider.start();
    private final Map<String, List<String>> theirs = new LinkedHashMap<>();
    private final List<String> said = new ArrayList<>();
    private final Map<String, String> own = new LinkedHashMap<>();

    TwoTeams(TestDatabase.Kind kind) {
        control =
                RunningControl.start(
                        kind, provider.settings(false), usual -> usual.withMail(noMailServer()));
        fill("victim");
        stranger = join("Stranger");
        persons(join("Vera Victim"));
        stranger.post("/home/teams", "name", "Strangers");
        token = stranger.token(OWN);
        leave();
        ours();
        victim = control.bean(Teams.class).named(THEIRS).map(Team::id).orElseThrow();
        collect();
    }

    /** Names of theirs that can stand in an address, by the part of the address before. */
    List<String> theirs(String part) {
        return theirs.getOrDefault(part, List.of());
    }

    /** One of ours; empty when we have none. */
    String own(String part) {
        return own.getOrDefault(part, "");
    }

    /** All that nobody else may be told. */
    List<String> secrets() {
        List<String> all = new ArrayList<>(said);
        theirs.values().forEach(all::addAll);
        return all;
    }

    /** One that looks the same and never was. */
    static String nobodys(String theirs) {
        char last = theirs.charAt(theirs.length() - 1);
        return theirs.substring(0, theirs.length() - 1) + (last == 'a' ? 'b' : 'a');
    }

    Answer api(String who, String method, String path, String body) {
        return control.send(
                control.request("/api/v1/" + path)
                        .header("Authorization", "Bearer " + who)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body)));
    }

    /** One of everything that a team has, as the owner makes it. */
    void fill(String name) {
        done("POST", "servers", "{\"name\":\"%s-server\"}".formatted(name));
        done(
                "POST",
                "apps",
                """
                {"name":"%1$s app","server":"%1$s-server","branch":"main",
                 "source":{"type":"git","url":"https://git.example.com/%1$s.git"}}
                """
                        .formatted(name));
        String app = "apps/%s-app".formatted(name);
        done(
                "PATCH",
                app + "/env",
                "{\"set\":{\"VARIABLE_OF_%s\":{\"value\":\"value of %s\",\"secret\":false}}}"
                        .formatted(name.toUpperCase(java.util.Locale.ROOT), name));
        done("POST", app + "/deployments", "{}");
        done("DELETE", app + "?dryRun=true", "");
        done("POST", "tokens", "{\"name\":\"token of %s\"}".formatted(name));
        done(
                "POST",
                "teams/home/roles",
                "{\"name\":\"role-of-%s\",\"permissions\":[\"app.read\"]}".formatted(name));
        done(
                "POST",
                "teams/home/invitations",
                "{\"email\":\"%s@example.com\",\"grants\":[{\"role\":\"viewer\"}]}"
                        .formatted(name));
    }

    @Override
    public void close() {
        control.close();
        provider.close();
    }

    /** So that letters wait. */
    private static MailServer noMailServer() {
        return new MailServer(false, "localhost", 1, null, null, "escale@example.org", null);
    }

    private TestBrowser join(String name) {
        Answer invited =
                done("POST", "teams/home/invitations", "{\"grants\":[{\"role\":\"owner\"}]}");
        var browser = new TestBrowser(control);
        browser.post(path(invited), "name", name);
        return browser;
    }

    private static String path(Answer made) {
        return URI.create(made.json().get("link").asString()).getPath();
    }

    /** What is not of a team but of a person: ways in, sessions, links. */
    private void persons(TestBrowser vera) {
        var key = new SoftKey("localhost");
        String challenge =
                vera.post("/home/account/passkeys/options").json().get("challenge").asString();
        vera.post(
                "/home/account/passkeys",
                "name",
                "passkey of victim",
                "credential",
                key.create(challenge, control.config().publicUrl().toString()));
        new ProviderDance(control, provider)
                .through(
                        vera,
                        new FakeProvider.Account(7, "login-of-victim", "vera@example.com", true),
                        "/home/account/identities/github/link");
        String token = vera.token(THEIRS);
        for (String kind : List.of("passkeys", "me/identities", "sessions")) {
            List<String> ids = new ArrayList<>();
            api(token, "GET", kind, "")
                    .json()
                    .get("items")
                    .forEach(each -> ids.add(each.get("id").asString()));
            theirs.put(kind.replaceFirst(".*/", ""), ids);
        }
        String person = api(token, "GET", "me", "").json().get("person").asString();
        String link = path(done("POST", "teams/home/members/" + person + "/sign-in-links", ""));
        said.add(link.substring(link.lastIndexOf('/') + 1));
        said.addAll(
                List.of(vera.session(), "passkey of victim", "login-of-victim", "vera@example"));
    }

    private void leave() {
        String leaver = api(token, "GET", "me", "").json().get("person").asString();
        own.put("members", leaver);
        Answer leaving = api(RunningControl.TOKEN, "DELETE", "teams/home/members/" + leaver, "");
        done("POST", "plans/" + leaving.json().get("planId").asString() + "/apply", "{}");
    }

    private void ours() {
        own.put("servers", made("servers", "{\"name\":\"own-server\"}", "id"));
        String git = "{\"type\":\"git\",\"url\":\"https://git.example.com/own.git\"}";
        made(
                "apps",
                "{\"name\":\"Own app\",\"server\":\"own-server\",\"source\":" + git + "}",
                "id");
        own.put("apps", "own-app");
        own.put("deployments", made("apps/own-app/deployments", "{}", "id"));
        own.put(
                "roles",
                made(
                        "teams/strangers/roles",
                        "{\"name\":\"Mine\",\"permissions\":[\"app.read\"]}",
                        "id"));
    }

    private String made(String path, String body, String field) {
        Answer answer = api(token, "POST", path, body);
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
        return answer.json().get(field).asString();
    }

    private Answer done(String method, String path, String body) {
        Answer answer = api(RunningControl.TOKEN, method, path, body);
        assertThat(answer.status()).as(path + answer.body()).isBetween(200, 299);
        return answer;
    }

    private void collect() {
        theirs.put("apps", ids(Tables.APP, "id", "slug"));
        theirs.put("members", ids(Tables.MEMBER, "person"));
        theirs.put("deployments", ids(Tables.DEPLOYMENT, "id"));
        theirs.put("servers", ids(Tables.SERVER, "id", "name"));
        theirs.put("tokens", ids(Tables.TOKEN, "id"));
        theirs.put("plans", ids(Tables.PLAN, "id"));
        theirs.put("invitations", ids(Tables.INVITATION, "id"));
        theirs.put("roles", ids(Tables.TEAM_ROLE, "id", "name"));
        theirs.put("letters", ids(Tables.LETTER, "id", "recipient"));
        theirs.forEach((name, values) -> assertThat(values).as(name).isNotEmpty());
        said.addAll(List.of("victim app", "VARIABLE_OF_VICTIM", "value of victim"));
        said.addAll(List.of("token of victim", "victim.git", "Vera Victim", victim.value()));
    }

    private List<String> ids(Table<?> table, String... columns) {
        List<String> found = new ArrayList<>();
        for (String column : columns) {
            Field<String> field = table.field(column, String.class);
            Field<String> team = table.field("team", String.class);
            found.addAll(
                    control.bean(Database.class)
                            .read(
                                    victim,
                                    tx ->
                                            tx.select(field)
                                                    .from(table)
                                                    .where(team.eq(victim.value()))
                                                    .fetch(field)));
        }
        return found;
    }
}
