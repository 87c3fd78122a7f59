package dev.escale.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CodecTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void commandsComeBackAsTheyWere() {
        var command =
                new Command(
                        "cmd_1",
                        "srv_1",
                        "usr_1",
                        NOW,
                        NOW.plusSeconds(60),
                        new Order.Deploy(
                                "dep_1",
                                new AppSpec("app_1", "shop", List.of("shop.localhost")),
                                7,
                                new Source(
                                        "https://localhost/git/home/shop.git",
                                        "main",
                                        "a".repeat(40),
                                        "esc_x"),
                                Overrides.NONE,
                                Map.of("NAME", new EnvValue("v", true)),
                                Limits.DEFAULT));

        assertThat(Codec.read(Command.class, Codec.write(Command.class, command)))
                .isEqualTo(command);
    }

    @Test
    void reportsComeBackAsTheyWere() {
        FromAgent report =
                new FromAgent.Durable(
                        3,
                        NOW,
                        new Report.StepChanged(
                                "dep_1",
                                Step.BUILD,
                                StepState.DONE,
                                NOW,
                                1.5,
                                Note.of("a.b", "x", "y")));

        assertThat(Codec.read(FromAgent.class, Codec.write(FromAgent.class, report)))
                .isEqualTo(report);
    }

    @Test
    void everyKindOfReportComesBackAsItWas() {
        Instant now = Instant.parse("2026-11-23T12:00:00Z");
        var line = new OutputLine(1, "build", "text");
        for (Report report :
                List.of(
                        new Report.CommandDone("cmd_1", new Outcome.Surveyed(List.of())),
                        new Report.StepChanged("dep_1", Step.BUILD, StepState.DONE, now, 1.5, null),
                        new Report.Output("dep_1", 1, List.of(line)),
                        new Report.Detected("dep_1", "abc", "subject", "ada", List.of()),
                        new Report.Switched("dep_1", "app_1", 2, now, 20000),
                        new Report.Ended(
                                "dep_1", "app_1", Ending.LIVE, 2L, Note.of("a.b"), List.of(line)),
                        new Report.CertificateWanted("app_1", List.of("a.localhost"), "csr"),
                        new Report.AppChanged("app_1", AppState.DOWN, null),
                        new Report.Dropped(3))) {
            var durable = new FromAgent.Durable(7, now, report);
            String json = Codec.write(FromAgent.class, durable);

            assertThat(Codec.read(FromAgent.class, json)).isEqualTo(durable);
        }
    }

    @Test
    void refusesNonsense() {
        for (String text :
                List.of(
                        "",
                        "nonsense",
                        "{}",
                        "[]",
                        "null",
                        "{\"type\":\"x\"}",
                        "{\"type\":\"durable\"}")) {
            assertThatThrownBy(() -> Codec.read(FromAgent.class, text))
                    .as(text)
                    .isInstanceOf(Codec.Malformed.class);
        }
    }

    @Test
    void believesOnlyPinnedKeys() throws Exception {
        var mine = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var pinned = List.of(new SigningKey("k1", Jws.encode(mine.getPublic())));
        String jws = Jws.sign("{\"a\":1}", "k1", mine.getPrivate());

        assertThat(Jws.verify(jws, pinned)).isEqualTo("{\"a\":1}");
        assertThatThrownBy(() -> Jws.verify(jws.replace(".eyJ", ".fyJ"), pinned))
                .isInstanceOf(Jws.SignatureRefused.class);
        assertThatThrownBy(() -> Jws.verify(jws.substring(0, jws.length() - 4) + "AAAA", pinned))
                .isInstanceOf(Jws.SignatureRefused.class);
    }
}
