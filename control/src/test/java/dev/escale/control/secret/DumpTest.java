package dev.escale.control.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.escale.control.DatabaseUrl;
import dev.escale.control.MailServer;
import dev.escale.control.RunningControl;
import dev.escale.control.SecretText;
import dev.escale.control.StartRefused;
import dev.escale.control.TestBrowser;
import dev.escale.control.account.ProviderDance;
import dev.escale.control.account.SoftKey;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.db.TestDump;
import dev.escale.control.db.schema.Tables;
import dev.escale.control.deployment.PlayedAgent;
import dev.escale.control.mail.Letters;
import dev.escale.control.provider.FakeProvider;
import dev.escale.control.source.PushingGit;
import dev.escale.protocol.Order;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Who has the whole database and not the master key has no secret. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class DumpTest {
    private static final SecretText SMTP = new SecretText("password-of-the-post");
    private static final byte[] NONE = new byte[Keyring.PREFIX];

    @Parameter TestDatabase.Kind kind;

    @TempDir private Path folder;

    private RunningControl control;
    private PlayedAgent agent;
    private FakeProvider provider;
    private final Map<String, byte[]> secrets = new LinkedHashMap<>();

    @BeforeEach
    void fill() throws IOException {
        provider = FakeProvider.start();
        // nobody is at that port: letters wait
        var mail = new MailServer(false, "localhost", 1, "post", SMTP, "e@example.org", null);
        control =
                RunningControl.start(kind, provider.settings(true), usual -> usual.withMail(mail));
        agent = PlayedAgent.join(control, "web-1");
        secret("bootstrap token", RunningControl.TOKEN);
        post(
                "apps",
                """
                {"name":"Shop","server":"web-1","branch":"main",
                 "source":{"type":"escale"}}
                """);
        secret("secret variable", "hunter2-of-the-shop");
        secret("plain variable", "plain-but-sealed-too");
        secret("variable of a plan", "planned-but-never-set");
        deploys();
        patch("?dryRun=true", "{\"set\":{\"LATER\":{\"value\":\"planned-but-never-set\"}}}");
        links();
        signIns();
        letters();
        keys();
    }

    @AfterEach
    void stop() {
        agent.close();
        control.close();
        provider.close();
    }

    @Test
    void noSecretStandsInADumpOfTheDatabaseInAnyForm() throws IOException {
        List<TestDump.Cell> dump = TestDump.of(control.database());

        assertThat(dump).hasSizeGreaterThan(500);
        assertThat(dump.stream().map(TestDump.Cell::table).distinct())
                .contains("app_env", "command", "plan", "key_material", "token", "invitation")
                .contains("identity", "letter", "sign_in_link", "passkey", "passkey_challenge")
                .contains("spring_session", "spring_session_attributes", "fetch_token");
        assertThat(secrets).hasSizeGreaterThan(20);
        secrets.forEach(
                (name, secret) -> {
                    for (byte[] form : forms(secret)) {
                        assertThat(dump)
                                .filteredOn(cell -> contains(cell.bytes(), form))
                                .as(name)
                                .isEmpty();
                    }
                });
        if (control.database().url() instanceof DatabaseUrl.Sqlite sqlite) {
            for (String part : List.of("", "-wal")) {
                byte[] file = Files.readAllBytes(Path.of(sqlite.file() + part));
                secrets.forEach(
                        (name, secret) ->
                                assertThat(contains(file, secret)).as(name + part).isFalse());
            }
        }
    }

    @Test
    void withoutTheMasterKeyOfThisDatabaseNothingOpens() {
        try (TestDatabase other = TestDatabase.Kind.SQLITE.fresh()) {
            TestSecrets.over(other.database(), folder);
        }
        assertThatThrownBy(() -> TestSecrets.over(control.database().database(), folder))
                .isInstanceOf(StartRefused.class);
        assertThatThrownBy(
                        () ->
                                TestSecrets.over(
                                        control.database().database(), folder.resolve("none")))
                .isInstanceOf(StartRefused.class);
    }

    @Test
    void whatIsSealedForATeamOpensForNoOther() {
        TeamId home = control.database().lookup().all().getFirst();
        TeamId other = control.database().team("other");
        Secrets opener = control.bean(Secrets.class);
        int tried = 0;
        for (SealedColumn column : SealedColumn.ofTeams()) {
            for (byte[] sealed :
                    control.database()
                            .database()
                            .read(
                                    home,
                                    tx ->
                                            tx.select(column.value())
                                                    .from(column.table())
                                                    .where(column.sealedOtherwise(home, NONE))
                                                    .fetch(column.value()))) {
                tried++;
                assertThat(opener.open(home, sealed)).isNotEmpty();
                assertThatThrownBy(() -> opener.open(other, sealed))
                        .isInstanceOf(IllegalStateException.class);
            }
        }
        assertThat(tried).isGreaterThan(4);
    }

    private void deploys() throws IOException {
        patch(
                "",
                """
                {"set":{"KEY":{"value":"hunter2-of-the-shop"},
                        "OPEN":{"value":"plain-but-sealed-too","secret":false}}}
                """);
        post(
                "apps",
                """
                {"name":"Blog","server":"web-1","branch":"main",
                 "source":{"type":"git","url":"https://git.example.com/blog.git"}}
                """);
        control.send(
                "PATCH",
                "/api/v1/apps/blog/env",
                "{\"set\":{\"KEY\":{\"value\":\"hunter2-of-the-shop\"}}}");
        post("apps/blog/deployments", "{}");
        Order.Deploy order = agent.order(Order.Deploy.class);
        assertThat(order.env().get("KEY").value()).isEqualTo("hunter2-of-the-shop");
        agent.goesLive(order);
        pushes();
    }

    private void pushes() throws IOException {
        var git = new PushingGit(folder, control.config().home().resolve("ca/root.pem"));
        git.token(RunningControl.TOKEN);
        git.commit("index.html", "one", "first");
        String url = control.get("/api/v1/apps/shop").json().get("gitUrl").asString();
        var push = git.start("push", url, "main");
        Order.Deploy order = agent.order(Order.Deploy.class);
        secret("token that fetches the code", String.valueOf(order.source().token()));
        agent.goesLive(order);
        assertThat(push.said().join().code()).isZero();
    }

    private void links() {
        secret("token", post("tokens", "{\"name\":\"ci\"}").get("token").asString());
        secret(
                "registration token",
                post("servers", "{\"name\":\"web-2\"}").get("registrationToken").asString());
        String link =
                post("teams/home/invitations", "{\"grants\":[{\"role\":\"viewer\"}]}")
                        .get("link")
                        .asString();
        String path = URI.create(link).getPath();
        secret("invitation", lastPart(path));
        var browser = new TestBrowser(control);
        browser.post(path, "name", "Guest");
        secret("token of a page", browser.token("home"));
    }

    /** What people come in with, and what it leaves while they are on their way. */
    private void signIns() {
        secret("client secret of the provider", FakeProvider.SECRET);
        var ann = new TestBrowser(control);
        var dance = new ProviderDance(control, provider);
        dance.through(
                ann,
                new FakeProvider.Account(7, "ann-at-the-forge", "ann@example.com", true),
                "/login/github");
        secret("token of the provider", "provider-token-of-ann-at-the-forge");
        secret("refresh token of the provider", "refresh-of-ann-at-the-forge");
        secret("session", ann.session());

        var leaves = new TestBrowser(control);
        secret("state", ProviderDance.state(dance.begin(leaves, "/login/github")));
        secret("session of somebody who is on the way", leaves.session());

        var key = new SoftKey("localhost");
        var owner = new TestBrowser(control);
        String token = text(post("teams/home/members/" + guest() + "/sign-in-links", ""));
        secret("used sign-in link", token);
        owner.post("/login", "token", token);
        String challenge =
                owner.post("/home/account/passkeys/options").json().get("challenge").asString();
        String origin = control.config().publicUrl().toString();
        owner.post(
                "/home/account/passkeys",
                "name",
                "laptop",
                "credential",
                key.create(challenge, origin));
        secrets.put("private key of a passkey", key.privatePart());
        secret("session that has a passkey", owner.session());
        var asks = new TestBrowser(control);
        asks.post("/login/passkey/options");
        secret("session that was asked for a passkey", asks.session());
        secret("recovery link", text(post("teams/home/members/" + guest() + "/sign-in-links", "")));
    }

    private void letters() {
        secret("password of the mail server", SMTP.value());
        post(
                "teams/home/invitations",
                "{\"email\":\"bea@example.com\",\"grants\":[{\"role\":\"viewer\"}]}");
        TeamId home = control.database().lookup().all().getFirst();
        List<String> links = new ArrayList<>();
        for (var each : control.get("/api/v1/teams/home/invitations").json().get("items")) {
            control.bean(Letters.class)
                    .link(home, each.get("id").asString())
                    .ifPresent(link -> links.add(link.getPath()));
        }
        assertThat(links).hasSize(1);
        secret("invitation in a letter", lastPart(links.getFirst()));
    }

    private String guest() {
        for (var each : control.get("/api/v1/teams/home/members").json().get("items")) {
            if (each.get("name").asString().equals("Guest")) {
                return each.get("person").asString();
            }
        }
        throw new AssertionError("nobody was invited");
    }

    private static String text(tools.jackson.databind.JsonNode made) {
        return lastPart(URI.create(made.get("link").asString()).getPath());
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private void keys() {
        KeyMaterials materials = control.bean(KeyMaterials.class);
        List<String> purposes =
                control.database()
                        .database()
                        .systemRead(
                                tx ->
                                        tx.selectDistinct(Tables.KEY_MATERIAL.PURPOSE)
                                                .from(Tables.KEY_MATERIAL)
                                                .fetch(Tables.KEY_MATERIAL.PURPOSE));
        assertThat(purposes).contains("authority", "tls", "signing", "secrets");
        for (String purpose : purposes) {
            materials.all(purpose).forEach(key -> secrets.put(purpose + " key", key.privatePart()));
        }
    }

    private void secret(String name, String text) {
        assertThat(text).as(name).hasSizeGreaterThan(12);
        secrets.put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<byte[]> forms(byte[] secret) {
        List<byte[]> forms = new ArrayList<>(List.of(secret));
        for (String text :
                List.of(
                        HexFormat.of().formatHex(secret),
                        HexFormat.of().withUpperCase().formatHex(secret))) {
            forms.add(text.getBytes(StandardCharsets.US_ASCII));
        }
        for (int before = 0; before < 3; before++) {
            forms.add(inside(Base64.getEncoder(), secret, before));
            forms.add(inside(Base64.getUrlEncoder(), secret, before));
        }
        return forms;
    }

    /**
     * As it stands in the middle of something longer, after so many bytes and any number of threes.
     */
    private static byte[] inside(Base64.Encoder encoder, byte[] secret, int before) {
        byte[] whole = new byte[before + secret.length];
        System.arraycopy(secret, 0, whole, before, secret.length);
        String text = encoder.withoutPadding().encodeToString(whole);
        int from = before == 0 ? 0 : before + 1;
        int to = text.length() - (whole.length % 3 == 0 ? 0 : 1);
        return text.substring(from, to).getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean contains(byte[] whole, byte[] part) {
        return new String(whole, StandardCharsets.ISO_8859_1)
                .contains(new String(part, StandardCharsets.ISO_8859_1));
    }

    private tools.jackson.databind.JsonNode post(String path, String body) {
        var answer = control.send("POST", "/api/v1/" + path, body);
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
        return answer.json();
    }

    private void patch(String query, String body) {
        var answer = control.send("PATCH", "/api/v1/apps/shop/env" + query, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }
}
