package dev.escale.control.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.escale.control.MasterKeyPlace;
import dev.escale.control.RunningControl;
import dev.escale.control.StartRefused;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.deployment.PlayedAgent;
import dev.escale.protocol.Order;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The command, beside a control plane with an agent. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class RotateKeysTest {
    @Parameter TestDatabase.Kind kind;

    @Test
    void aControlPlaneThatRunsGoesOnWithNewKeysAndAfterARestart() throws IOException {
        try (RunningControl control = RunningControl.start(kind);
                PlayedAgent agent = PlayedAgent.join(control, "web-1")) {
            send(
                    control,
                    "POST",
                    "apps",
                    """
                    {"name":"Shop","server":"web-1","branch":"main",
                     "source":{"type":"git","url":"https://git.example.com/shop.git"}}
                    """);
            send(control, "PATCH", "apps/shop/env", "{\"set\":{\"KEY\":{\"value\":\"s3cret\"}}}");
            Path file = ((MasterKeyPlace.File) control.config().masterKey()).path();
            String before = Files.readString(file);

            String told = rotate(control);

            assertThat(told).contains("new master key", "one secret is sealed by the new key");
            assertThat(Files.readString(file)).isNotEqualTo(before);
            send(control, "POST", "apps/shop/deployments", "{}");
            Order.Deploy order = agent.order(Order.Deploy.class);
            assertThat(order.env().get("KEY").value()).isEqualTo("s3cret");
            agent.goesLive(order);
            assertThat(control.send("POST", "/api/v1/signing-keys", "{}").status()).isEqualTo(201);
            assertThat(control.get("/api/v1/audit?limit=20").body())
                    .contains("keys.rotate", "RENEWED")
                    .doesNotContain("s3cret");

            assertThat(rotate(control)).contains("sealed by the new key");
            control.restart();
            assertThat(control.get("/api/v1/apps/shop/env").status()).isEqualTo(200);

            Files.writeString(file, before);
            assertThatThrownBy(() -> rotate(control))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("does not open the keys of this database");
            assertThat(Files.readString(file)).isEqualTo(before);
        }
    }

    private static String rotate(RunningControl control) {
        var said = new ByteArrayOutputStream();
        RotateKeysCommand.run(
                control.config(), new PrintStream(said, true, StandardCharsets.UTF_8));
        return said.toString(StandardCharsets.UTF_8);
    }

    private static void send(RunningControl control, String method, String path, String body) {
        assertThat(control.send(method, "/api/v1/" + path, body).status()).isBetween(200, 299);
    }
}
