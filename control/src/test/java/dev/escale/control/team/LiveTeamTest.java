package dev.escale.control.team;

import static dev.escale.control.db.schema.Tables.INVITATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl;
import dev.escale.control.RunningControl.Answer;
import dev.escale.control.TestBrowser;
import dev.escale.control.TestStream;
import dev.escale.control.db.Database;
import dev.escale.control.db.TestDatabase;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The team's page follows who is invited and who comes; on both databases. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class LiveTeamTest {
    @Parameter TestDatabase.Kind kind;

    private RunningControl control;
    private TestBrowser ada;

    @BeforeEach
    void start() {
        control = RunningControl.start(kind);
        ada = new TestBrowser(control);
        ada.post(link(invite("admin")), "name", "Ada");
    }

    @AfterEach
    void stop() {
        control.close();
    }

    @Test
    void invitationsComeAndGoOnAnOpenPage() {
        assertThat(ada.get("/home/team").body())
                .contains("data-part=\"team.invitations\"", "data-part=\"team.members\"");
        TestStream page = ada.stream("home");
        page.follow("team.invitations", "");
        assertThat(page.drawing()).doesNotContain("/revoke");

        Answer first = invite("viewer");
        assertThat(page.drawing()).contains(id(first), "/revoke", "_csrf");
        control.send("DELETE", "/api/v1/teams/home/invitations/" + id(first), "");
        assertThat(page.drawing()).doesNotContain(id(first));

        Answer second = invite("viewer");
        assertThat(page.drawing()).contains(id(second));
        new TestBrowser(control).post(link(second), "name", "Bob");
        assertThat(page.drawing()).doesNotContain(id(second));

        Answer third = invite("viewer");
        assertThat(page.drawing()).contains(id(third));
        Team home = control.bean(Teams.class).named("home").orElseThrow();
        control.bean(Database.class)
                .write(
                        home.id(),
                        tx ->
                                tx.update(INVITATION)
                                        .set(INVITATION.EXPIRES_AT, Instant.now())
                                        .where(INVITATION.ID.eq(id(third)))
                                        .execute());
        control.bean(ExpiredInvitations.class).look(Instant.now());
        assertThat(page.drawing()).doesNotContain(id(third));
    }

    @Test
    void membersComeOnAnOpenPage() {
        TestStream page = ada.stream("home");
        page.follow("team.members", "");
        assertThat(page.drawing()).contains("Ada").doesNotContain("Bob");

        new TestBrowser(control).post(link(invite("viewer")), "name", "Bob");

        String drawing = page.drawing();
        while (!drawing.contains("Bob")) {
            drawing = page.drawing();
        }
        assertThat(drawing).contains("Ada", "Bob");
    }

    @Test
    void whoMayNotInviteFollowsNoInvitations() {
        var bob = new TestBrowser(control);
        bob.post(link(invite("viewer")), "name", "Bob");
        TestStream page = bob.stream("home");
        page.follow("team.invitations", "");
        Answer made = invite("viewer");
        page.follow("team.members", "");

        assertThat(page.drawing()).contains("Bob").doesNotContain(id(made));
    }

    @Test
    void aTeamHasSoManyOpenInvitations() {
        String last = id(invite("viewer"));
        Team home = control.bean(Teams.class).named("home").orElseThrow();
        TeamInvitations invitations = control.bean(TeamInvitations.class);
        Invitation like = invitations.find(home.id(), last).orElseThrow();
        for (int i = 1; i < OpenInvitations.MOST; i++) {
            invitations.make(
                    home.id(),
                    new InvitationLinks.Maker(like.inviterId(), null),
                    null,
                    like.grants(),
                    "hash" + i);
        }

        Answer refused = invite("viewer");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("code").asString()).isEqualTo("invitation.tooManyOpen");
        assertThat(refused.json().get("hint").asString())
                .containsPattern("Take back.*wait (6\\Wd\\W23\\Wh|7\\Wd)");
        control.send("DELETE", "/api/v1/teams/home/invitations/" + last, "");
        assertThat(invite("viewer").status()).isEqualTo(201);
    }

    @Test
    void whereNobodyCouldShowThatAnAddressIsTheirsNoneIsAskedFor() {
        Answer refused =
                control.send(
                        "POST",
                        "/api/v1/teams/home/invitations",
                        "{\"email\":\"b@example.com\",\"grants\":[{\"role\":\"viewer\"}]}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/faults/0/code").asString()).isEqualTo("invitation.noProof");
        assertThat(ada.get("/home/team").body())
                .contains("Make a link")
                .doesNotContain("name=\"email\"");
    }

    private Answer invite(String role) {
        return control.send(
                "POST",
                "/api/v1/teams/home/invitations",
                "{\"grants\":[{\"role\":\"" + role + "\"}]}");
    }

    private static String id(Answer invited) {
        return invited.json().at("/invitation/id").asString();
    }

    private static String link(Answer invited) {
        return URI.create(invited.json().get("link").asString()).getPath();
    }
}
