package dev.escale.control.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl;
import dev.escale.control.agentlink.FakeAgent;
import dev.escale.control.authority.Authority;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.db.schema.Tables;
import dev.escale.control.team.Teams;
import dev.escale.protocol.Command;
import dev.escale.protocol.FromAgent;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Order;
import dev.escale.protocol.Report;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Certificates that servers ask for, with the system's openssl, on each database. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
final class CertificateDeskTest {
    private static RunningControl control;
    private static TeamId team;
    private static int number;

    @Parameter TestDatabase.Kind kind;

    @TempDir Path folder;

    private FakeAgent agent;
    private String app;
    private String slug;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase.Kind kind) {
        control = RunningControl.start(kind);
        team = control.bean(Teams.class).all().getFirst().id();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        control.close();
    }

    @BeforeEach
    void appOnAConnectedServer() throws Exception {
        agent = agent();
        slug = "shop-" + number;
        String body = "{\"name\":\"%s\",\"server\":\"%s\",\"source\":{\"type\":\"escale\"}}";
        var created = control.send("POST", "/api/v1/apps", body.formatted(slug, agent.server()));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        app = created.json().at("/id").asString();
    }

    @Test
    void appGetsACertificateForItsOwnName() throws Exception {
        String name = slug + ".localhost";

        ask(agent, 1, name);

        Command command = agent.command();
        Order.InstallCertificate install = (Order.InstallCertificate) command.order();
        assertThat(install.app()).isEqualTo(app);
        assertThat(install.names()).containsExactly(name);
        assertThat(install.chain()).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(certificates()).isEqualTo(1);
    }

    @Test
    void nobodyGetsACertificateForAnotherName() throws Exception {
        ask(agent, 1, "bank.localhost");

        Order.RefuseCertificate refusal = (Order.RefuseCertificate) agent.command().order();
        assertThat(refusal.app()).isEqualTo(app);
        assertThat(refusal.reason())
                .isEqualTo(Note.of(Notes.CERTIFICATE_NAMES_REFUSED, "names", "bank.localhost"));
        assertThat(certificates()).isZero();
    }

    @Test
    void serverGetsNoCertificateForAnAppOfAnotherServer() throws Exception {
        FakeAgent stranger = agent();

        ask(stranger, 1, slug + ".localhost");

        assertThat(stranger.kept().sequence()).isEqualTo(1);
        assertThat(certificates()).isZero();
    }

    @Test
    void requestThatIsNoneIsRefusedAndTheReportIsKept() throws Exception {
        var wanted = new Report.CertificateWanted(app, List.of(slug + ".localhost"), "nonsense");

        agent.say(new FromAgent.Durable(1, Instant.EPOCH, wanted));

        assertThat(agent.kept().sequence()).isEqualTo(1);
        assertThat(certificates()).isZero();
        assertThat(control.get("/api/v1/audit").body()).contains("certificate.issue");
        Order.RefuseCertificate refusal = (Order.RefuseCertificate) agent.command().order();
        assertThat(refusal.reason().code()).isEqualTo(Notes.CERTIFICATE_REFUSED);
    }

    private void ask(FakeAgent from, long sequence, String name) throws Exception {
        var wanted = new Report.CertificateWanted(app, List.of(name), request(name));
        from.say(new FromAgent.Durable(sequence, Instant.EPOCH, wanted));
    }

    private String request(String name) throws Exception {
        Process openssl =
                new ProcessBuilder(
                                "openssl",
                                "req",
                                "-new",
                                "-newkey",
                                "ec",
                                "-pkeyopt",
                                "ec_paramgen_curve:P-256",
                                "-nodes",
                                "-keyout",
                                folder.resolve("key.pem").toString(),
                                "-subj",
                                "/",
                                "-addext",
                                "subjectAltName=DNS:" + name)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        return new String(openssl.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    private int certificates() {
        return control.bean(Database.class)
                .read(
                        team,
                        tx -> tx.fetchCount(Tables.CERTIFICATE, Tables.CERTIFICATE.APP.eq(app)));
    }

    private static FakeAgent agent() throws Exception {
        FakeAgent agent = new FakeAgent(control, control.bean(Authority.class).sha256());
        agent.register(
                control.send("POST", "/api/v1/servers", "{\"name\":\"web-" + ++number + "\"}")
                        .json()
                        .at("/registrationToken")
                        .asString());
        agent.connect();
        agent.awaitOnline();
        return agent;
    }
}
