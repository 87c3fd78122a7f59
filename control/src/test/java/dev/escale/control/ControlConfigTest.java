package dev.escale.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlConfigTest {
    @TempDir private Path home;

    @Test
    void nothingButAHomeIsNeeded() {
        ControlConfig config = load();

        assertThat(config.port()).isEqualTo(8420);
        assertThat(config.publicUrl()).isEqualTo(URI.create("https://localhost:8420"));
        assertThat(config.database()).isEqualTo(new DatabaseUrl.Sqlite(home.resolve("escale.db")));
        assertThat(config.masterKey())
                .isEqualTo(new MasterKeyPlace.File(home.resolve("master.key")));
        assertThat(config.trustedProxies()).isEmpty();
    }

    @Test
    void aPushMayBringAGibibyteUnlessItIsSaidOtherwise() {
        assertThat(load().pushLimits()).isEqualTo(new ControlConfig.PushLimits(1024, 1024));
        assertThat(load("ESCALE_PUSH_LIMIT", "200").pushLimits())
                .isEqualTo(new ControlConfig.PushLimits(200, 200));
        assertThat(load("ESCALE_PUSH_LIMIT", "200", "ESCALE_PUSH_OBJECT_LIMIT", "50").pushLimits())
                .isEqualTo(new ControlConfig.PushLimits(200, 50));
        assertThatThrownBy(() -> load("ESCALE_PUSH_LIMIT", "0"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("ESCALE_PUSH_LIMIT must be a number of MiB");
    }

    @Test
    void agentsHaveAPortOfTheirOwnBesideACertificateFromElsewhere() throws IOException {
        Path file = Files.writeString(home.resolve("own.pem"), "");
        String[] own = {
            "ESCALE_PORT", "443",
            "ESCALE_PUBLIC_URL", "https://escale.example.com",
            "ESCALE_TLS_CERT", file.toString(),
            "ESCALE_TLS_KEY", file.toString(),
            "ESCALE_AGENT_PORT", "8420"
        };

        assertThat(load("ESCALE_PUBLIC_URL", "https://a.test").agentUrl())
                .hasToString("https://a.test");
        assertThat(load("ESCALE_PUBLIC_URL", "https://a.test", "ESCALE_AGENT_PORT", "8420"))
                .extracting(ControlConfig::agentUrl)
                .hasToString("https://a.test:8420");
        assertThat(load(own).agentUrl()).hasToString("https://escale.example.com:8420");
        own[9] = "443";
        assertThatThrownBy(() -> load(own))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("ESCALE_AGENT_PORT must be a port from 1 to 65535, and");
    }

    @Test
    void nobodySignsInByAProviderAndNobodyByThemselvesUnlessItIsSaid() {
        assertThat(load().signIn()).isEqualTo(SignInSettings.NONE);
        assertThat(load("ESCALE_SIGN_UP", "on").signIn().signUp()).isTrue();
    }

    @Test
    void aProviderIsThePublicOneUnlessItsAddressIsGiven() {
        var both =
                load(
                        "ESCALE_GITHUB_CLIENT_ID", "id",
                        "ESCALE_GITHUB_CLIENT_SECRET", "hidden",
                        "ESCALE_GITLAB_URL", "https://git.example.com/gitlab/",
                        "ESCALE_GITLAB_CLIENT_ID", "id",
                        "ESCALE_GITLAB_CLIENT_SECRET", "hidden");
        var enterprise =
                load(
                        "ESCALE_GITHUB_URL", "https://ghe.example.com",
                        "ESCALE_GITHUB_CLIENT_ID", "id",
                        "ESCALE_GITHUB_CLIENT_SECRET", "hidden");

        assertThat(both.signIn().github().url()).hasToString("https://github.com");
        assertThat(both.signIn().github().apiUrl()).hasToString("https://api.github.com");
        assertThat(both.signIn().gitlab().url()).hasToString("https://git.example.com/gitlab");
        assertThat(both.toString()).doesNotContain("hidden");
        assertThat(enterprise.signIn().github().apiUrl())
                .hasToString("https://ghe.example.com/api/v3");
    }

    @Test
    void whatIsWrongWithAProviderIsToldInASentence() {
        assertThatThrownBy(
                        () ->
                                load(
                                        "ESCALE_GITHUB_CLIENT_ID", "id",
                                        "ESCALE_GITHUB_URL", "http://git.example.com",
                                        "ESCALE_GITLAB_URL", "https://git.example.com?x",
                                        "ESCALE_SIGN_UP", "perhaps"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(
                        "ESCALE_GITHUB_CLIENT_ID and ESCALE_GITHUB_CLIENT_SECRET must be set"
                                + " together.")
                .hasMessageContaining("ESCALE_GITHUB_URL must be an address such as https://")
                .hasMessageContaining("ESCALE_GITLAB_URL must be an address such as https://")
                .hasMessageContaining(
                        "ESCALE_GITLAB_URL is set, but ESCALE_GITLAB_CLIENT_ID is not.")
                .hasMessageContaining("ESCALE_SIGN_UP must be on or off.");
        assertThat(
                        load(
                                        "ESCALE_GITHUB_URL", "http://127.0.0.1:4000",
                                        "ESCALE_GITHUB_CLIENT_ID", "id",
                                        "ESCALE_GITHUB_CLIENT_SECRET", "hidden")
                                .signIn()
                                .github())
                .isNotNull();
    }

    @Test
    void theMailServerIsReadFromOneAddress() throws IOException {
        Path root = Files.writeString(home.resolve("root.pem"), "x");
        MailServer full =
                load(
                                "ESCALE_SMTP_URL",
                                "smtps://po%40st:p%2Fw+d@mail.example.com:4650?from=a@b.example&ca="
                                        + root)
                        .mail();
        MailServer brief = load("ESCALE_SMTP_URL", "smtp://mail.example.com").mail();

        assertThat(full.tls()).isTrue();
        assertThat(full.port()).isEqualTo(4650);
        assertThat(full.user()).isEqualTo("po@st");
        assertThat(full.password().value()).isEqualTo("p/w+d");
        assertThat(full.from()).isEqualTo("a@b.example");
        assertThat(full.authority()).isEqualTo(root);
        assertThat(full.toString()).doesNotContain("p/w+d");
        assertThat(brief)
                .isEqualTo(new MailServer(false, "mail.example.com", 587, null, null, null, null));
        assertThat(load().mail()).isNull();
        for (String wrong :
                new String[] {
                    "mail.example.com",
                    "http://mail.example.com",
                    "smtp://user@mail.example.com",
                    "smtp://mail.example.com?ca=/no/such.pem",
                    "smtp://mail.example.com?from=me",
                    "smtp://mail.example.com?verify=false",
                    "smtps://user:hunter2 @mail"
                }) {
            assertThatThrownBy(() -> load("ESCALE_SMTP_URL", wrong))
                    .as(wrong)
                    .isInstanceOf(StartRefused.class)
                    .hasMessageStartingWith("ESCALE_SMTP_URL must be smtp:// or smtps://")
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Test
    void allFaultsAreToldAtOnceEachInASentence() {
        assertThatThrownBy(
                        () ->
                                load(
                                        "ESCALE_PORT", "99999",
                                        "ESCALE_PUBLIC_URL", "http://escale.example.com/x",
                                        "ESCALE_DATABASE_URL", "mysql://root:hunter2@db/x",
                                        "ESCALE_TRUSTED_PROXIES", "proxy.example.com",
                                        "ESCALE_TLS_CERT", home.resolve("no.pem").toString(),
                                        "ESCALE_BOOTSTRAP_TOKEN", "short"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("ESCALE_PORT must be a port from 0 to 65535.")
                .hasMessageContaining("ESCALE_PUBLIC_URL must be an address such as https://")
                .hasMessageContaining("ESCALE_DATABASE_URL must be sqlite:PATH or postgresql://")
                .hasMessageContaining("ESCALE_TRUSTED_PROXIES must be addresses or networks")
                .hasMessageContaining("ESCALE_TLS_CERT must be a file that can be read.")
                .hasMessageContaining("ESCALE_TLS_CERT and ESCALE_TLS_KEY must be set together.")
                .hasMessageContaining("ESCALE_BOOTSTRAP_TOKEN must be esc_")
                .hasMessageNotContainingAny("hunter2", "short");
    }

    @Test
    void theFileStandsBehindTheEnvironmentAndItsUnknownKeysAreErrors() throws IOException {
        Path file = home.resolve("escale.properties");
        Files.writeString(file, "ESCALE_PORT=9000\nESCALE_PUBLIC_URL=https://a.test\n");

        assertThat(load("ESCALE_PORT", "9001").port()).isEqualTo(9001);
        assertThat(load("ESCALE_PORT", "9001").publicUrl()).hasHost("a.test");

        Files.writeString(file, "ESCALE_PROT=9000\n");
        assertThatThrownBy(this::load)
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("unknown key ESCALE_PROT; did you mean ESCALE_PORT");
    }

    @Test
    void theMasterKeyIsInAFileOrInTheEnvironmentAndNeverShown() {
        assertThat(load("ESCALE_MASTER_KEY", "c2VjcmV0").masterKey())
                .isEqualTo(new MasterKeyPlace.Text(new SecretText("c2VjcmV0")));
        assertThat(load("ESCALE_MASTER_KEY", "c2VjcmV0").toString()).doesNotContain("c2VjcmV0");
        assertThatThrownBy(
                        () -> load("ESCALE_MASTER_KEY", "c2VjcmV0", "ESCALE_MASTER_KEY_FILE", "/k"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("are both set; keep one.")
                .hasMessageNotContaining("c2VjcmV0");
    }

    @Test
    void aVariableThatIsNearlyASettingIsAnErrorToo() {
        assertThatThrownBy(() -> load("ESCALE_PUBLICURL", "https://a.test"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("did you mean ESCALE_PUBLIC_URL");
        assertThat(load("ESCALE_AGENT_HOME", "/x", "ESCALE_TOKEN", "y").port()).isEqualTo(8420);
    }

    @Test
    void postgresqlNeedsTheRoleThatOwnsTheTablesToo() {
        String application = "postgresql://app:p%40ss@db.test:5433/escale";

        assertThatThrownBy(() -> load("ESCALE_DATABASE_URL", application))
                .hasMessageContaining("ESCALE_DATABASE_MIGRATION_URL is missing");

        ControlConfig config =
                load(
                        "ESCALE_DATABASE_URL",
                        application,
                        "ESCALE_DATABASE_MIGRATION_URL",
                        "postgresql://owner:x@db.test/escale");
        assertThat(config.database())
                .isEqualTo(
                        new DatabaseUrl.Postgresql(
                                "db.test", 5433, "escale", "app", new SecretText("p@ss")));
        assertThat(config.toString()).doesNotContain("p@ss");
    }

    @Test
    void portZeroIsAFreePortThatTheAddressNames() {
        ControlConfig config = load("ESCALE_PORT", "0");

        assertThat(config.port()).isPositive();
        assertThat(config.publicUrl()).hasPort(config.port());
    }

    @Test
    void networksContainTheirAddresses() {
        AddressRange network = AddressRange.parse("10.8.0.0/13");

        assertThat(network.contains("10.15.255.255")).isTrue();
        assertThat(network.contains("10.16.0.0")).isFalse();
        assertThat(network.contains("::1")).isFalse();
        assertThat(AddressRange.parse("fc00::/7").contains("fd00::1")).isTrue();
        assertThat(AddressRange.parse("192.0.2.1").contains("192.0.2.1")).isTrue();
    }

    private ControlConfig load(String... pairs) {
        Map<String, String> environment = new HashMap<>();
        environment.put("ESCALE_HOME", home.toString());
        for (int i = 0; i < pairs.length; i += 2) {
            environment.put(pairs[i], pairs[i + 1]);
        }
        return ControlConfig.load(environment);
    }
}
