package dev.escale.control.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.db.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The token that the environment brings along: it is taken in once. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class BootstrapTokenTest {
    @Parameter TestDatabase.Kind kind;

    private RunningControl control;

    @BeforeEach
    void start() {
        control = RunningControl.start(kind);
    }

    @AfterEach
    void stop() {
        control.close();
    }

    @Test
    void itStaysGoodOverARestart() {
        control.restart();

        assertThat(control.get("/api/v1/me").status()).isEqualTo(200);
        assertThat(control.get("/api/v1/tokens").json().get("items")).hasSize(1);
    }

    @Test
    void onceRevokedItDoesNotComeBackWithTheNextStart() {
        String id = control.get("/api/v1/tokens").json().get("items").get(0).get("id").asString();
        assertThat(control.send("DELETE", "/api/v1/tokens/" + id, "").status()).isEqualTo(204);

        control.restart();

        assertThat(control.get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void onceGoneWithItsTeamItDoesNotComeBackInAnother() {
        Answer other = control.send("POST", "/api/v1/teams", "{\"name\":\"Others\"}");
        assertThat(other.status()).as(other.body()).isEqualTo(201);
        Answer asked = control.send("DELETE", "/api/v1/teams/home", "");
        Answer gone =
                control.send(
                        "POST",
                        "/api/v1/plans/" + asked.json().get("planId").asString() + "/apply",
                        "{}");
        assertThat(gone.status()).as(gone.body()).isEqualTo(200);
        assertThat(control.get("/api/v1/me").status()).isEqualTo(401);

        control.restart();

        assertThat(control.get("/api/v1/me").status()).isEqualTo(401);
    }
}
