package dev.escale.control.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl.Answer;
import dev.escale.control.TestBrowser;
import dev.escale.control.db.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a token that was narrowed is told of its person. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class NarrowedTokenTest extends HomeTeam {
    private static final List<String> OWN =
            List.of("sessions", "tokens", "passkeys", "me/identities");

    @Test
    void readsOfItsPersonsOwnThingsOnlyWhatItMayChangeAndNothingOfTheirOtherTeams() {
        TestBrowser dan = join("Dan", "{\"grants\":[{\"role\":\"owner\"}]}");
        dan.post("/home/teams", "name", "Les Docks");
        owner("POST", "servers", "{\"name\":\"web-1\"}");
        String wide = dan.token("home");
        String deploys = narrowed(wide, "\"permissions\":[\"app.read\",\"app.deploy\"]");
        String there = narrowed(wide, "\"places\":[{\"scope\":\"server\",\"target\":\"web-1\"}]");

        for (String own : OWN) {
            assertThat(as(wide, "GET", own, null).status()).as(own).isEqualTo(200);
        }
        assertThat(as(wide, "GET", "teams", null).body()).contains("\"home\"", "les-docks");
        for (String token : List.of(deploys, there)) {
            for (String own : OWN) {
                Answer refused = as(token, "GET", own, null);
                assertThat(refused.status()).as(own).isEqualTo(403);
                assertThat(code(refused)).isEqualTo("permission.missing");
            }
            assertThat(as(token, "GET", "teams", null).body())
                    .contains("\"home\"")
                    .doesNotContain("les-docks");
            assertThat(as(token, "GET", "me", null).json().get("name").asString()).isEqualTo("Dan");
        }

        String ends = narrowed(wide, "\"permissions\":[\"session.revoke\"]");
        assertThat(as(ends, "GET", "sessions", null).status()).isEqualTo(200);
        Answer refused = as(ends, "GET", "tokens", null);
        assertThat(refused.json().at("/facts/permission").asString()).isEqualTo("token.create");
    }

    private String narrowed(String by, String limit) {
        Answer made = as(by, "POST", "tokens", "{\"name\":\"ci\"," + limit + "}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().get("token").asString();
    }
}
