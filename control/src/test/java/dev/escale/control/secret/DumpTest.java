package dev.escale.control.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.escale.control.DatabaseUrl;
import dev.escale.control.RunningControl;
import dev.escale.control.StartRefused;
import dev.escale.control.TestBrowser;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.db.TestDump;
import dev.escale.control.db.schema.Tables;
import dev.escale.control.deployment.PlayedAgent;
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
    private static final byte[] NONE = new byte[Keyring.PREFIX];

    @Parameter TestDatabase.Kind kind;

    @TempDir private Path folder;

    private RunningControl control;
    private PlayedAgent agent;
    private final Map<String, byte[]> secrets = new LinkedHashMap<>();

    @BeforeEach
    void fill() {
        control = RunningControl.start(kind);
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
        keys();
    }

    @AfterEach
    void stop() {
        agent.close();
        control.close();
    }

    @Test
    void noSecretStandsInADumpOfTheDatabaseInAnyForm() throws IOException {
        List<TestDump.Cell> dump = TestDump.of(control.database());

        assertThat(dump).hasSizeGreaterThan(500);
        assertThat(dump.stream().map(TestDump.Cell::table).distinct())
                .contains("app_env", "command", "plan", "key_material", "token", "invitation");
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

    private void deploys() {
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
        secret("invitation", path.substring(path.lastIndexOf('/') + 1));
        var browser = new TestBrowser(control);
        browser.post(path, "name", "Guest");
        secret("token of a page", browser.token("home"));
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
                        Base64.getEncoder().withoutPadding().encodeToString(secret),
                        Base64.getUrlEncoder().withoutPadding().encodeToString(secret),
                        HexFormat.of().formatHex(secret),
                        HexFormat.of().withUpperCase().formatHex(secret))) {
            forms.add(text.getBytes(StandardCharsets.US_ASCII));
        }
        return forms;
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
