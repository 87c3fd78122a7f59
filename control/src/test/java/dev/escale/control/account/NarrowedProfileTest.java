package dev.escale.control.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.db.Database;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.db.schema.Tables;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What {@code me} tells a token that was narrowed. */
class NarrowedProfileTest {

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void aNarrowedTokenIsToldNeitherAddressNorAccountsOfItsPerson(TestDatabase.Kind kind) {
        try (var control = RunningControl.start(kind)) {
            addressAndAccount(control);

            assertThat(control.get("/api/v1/me").body()).contains("ada@example.com", "ada-at-hub");
            assertThat(me(control, "app.read").toString())
                    .contains("\"name\":\"Owner\"")
                    .doesNotContain("ada@example.com", "ada-at-hub");
            assertThat(me(control, "person.update").toString())
                    .contains("ada@example.com")
                    .doesNotContain("ada-at-hub");
            assertThat(me(control, "identity.unlink").toString())
                    .contains("ada-at-hub")
                    .doesNotContain("\"email\":\"ada@example.com\"");
        }
    }

    private static void addressAndAccount(RunningControl control) {
        String person = control.bean(Persons.class).first().orElseThrow().id();
        control.bean(Database.class)
                .system(
                        tx -> {
                            tx.update(Tables.PERSON)
                                    .set(Tables.PERSON.EMAIL, "ada@example.com")
                                    .where(Tables.PERSON.ID.eq(person))
                                    .execute();
                            return tx.insertInto(Tables.IDENTITY)
                                    .set(Tables.IDENTITY.ID, "idn_1")
                                    .set(Tables.IDENTITY.PERSON, person)
                                    .set(Tables.IDENTITY.PROVIDER, "github")
                                    .set(Tables.IDENTITY.ISSUER, "https://hub.example")
                                    .set(Tables.IDENTITY.SUBJECT, "1")
                                    .set(Tables.IDENTITY.LOGIN, "ada-at-hub")
                                    .set(Tables.IDENTITY.SEALED, new byte[0])
                                    .set(Tables.IDENTITY.CREATED_AT, Instant.EPOCH)
                                    .set(Tables.IDENTITY.USED_AT, Instant.EPOCH)
                                    .execute();
                        });
    }

    private static JsonNode me(RunningControl control, String permission) {
        Answer made =
                control.send(
                        "POST",
                        "/api/v1/tokens",
                        "{\"name\":\"ci\",\"permissions\":[\"" + permission + "\"]}");
        String token = made.json().get("token").asString();
        return control.send(
                        control.request("/api/v1/me").header("Authorization", "Bearer " + token))
                .json();
    }
}
