package dev.escale.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.testkit.Workplace;
import dev.escale.testkit.control.Build;
import dev.escale.testkit.control.ControlProcess;
import dev.escale.testkit.control.ControlSettings;
import dev.escale.testkit.control.Guest;
import dev.escale.testkit.control.Json;
import dev.escale.testkit.program.Program;
import dev.escale.testkit.program.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code escale teams …} of two people against a real control plane. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class TeamsCommandStory {
    private final Workplace workplace = Workplace.fresh();
    private final RefusingMailServer mail = new RefusingMailServer();
    private ControlProcess control;
    private String owner;

    @BeforeEach
    void start() {
        control =
                ControlProcess.start(
                        ControlSettings.local(workplace.folder().resolve("control"))
                                .with("ESCALE_SMTP_URL", mail.url()));
        owner = control.token();
    }

    @AfterEach
    void end() {
        control.close();
        mail.close();
        workplace.close();
    }

    @Test
    void invitationsAreMadeSentAgainAndRevoked() {
        assertThat(said(owner, "teams")).contains("Home", "home");
        assertThat(said(owner, "teams", "invite", "--role", "viewer", "--dry-run"))
                .contains("Changes");
        assertThat(said(owner, "teams", "invite", "--role", "viewer")).contains("/invitations/");
        assertThat(
                        said(
                                owner,
                                "teams",
                                "invite",
                                "--role",
                                "developer",
                                "--email",
                                "ann@example.com",
                                "--language",
                                "fr"))
                .contains("An e-mail with the link is on its way")
                .doesNotContain("/invitations/");
        String listed = awaitListed("not delivered");
        assertThat(listed).contains("ann@example.com", "no such user here", "developer", "open");
        String id = mailed();

        mail.takeFromNowOn();
        assertThat(said(owner, "teams", "send", id)).contains("is on its way");
        awaitListed(": sent", " sent");
        assertThat(mail.taken()).isEqualTo(1);
        assertThat(failed(owner, "teams", "send", id)).hasSizeGreaterThan(20);
        assertThat(failed(owner, "teams", "send", "inv_nonsense"))
                .contains("There is no such invitation.");
        assertThat(said(owner, "teams", "revoke", id)).contains(id + " is revoked");
        assertThat(said(owner, "teams", "invitations")).contains("revoked");
        assertThat(failed(owner, "teams", "revoke", id)).hasSizeGreaterThan(20);
    }

    @Test
    void membersAreGrantedRecoveredAskWhyAndAreRemoved() {
        String vera = member("Vera", "viewer");
        String id = id("Vera");

        assertThat(said(owner, "teams", "members")).contains("Owner", "Vera", "viewer", id);
        assertThat(said(vera, "teams", "why", "app.deploy"))
                .contains("app.deploy: no", "Roles with it: owner, admin, developer")
                .contains("Could be given by: Owner");
        assertThat(said(owner, "teams", "why", "app.deploy")).contains("app.deploy: yes");
        assertThat(failed(owner, "teams", "why", "app.nonsense")).contains("app.nonsense");
        assertThat(said(owner, "teams", "grant", id, "--role", "developer", "--dry-run"))
                .contains("Changes");
        assertThat(said(vera, "teams", "why", "app.deploy")).contains("app.deploy: no");
        assertThat(said(owner, "teams", "grant", id, "--role", "developer"))
                .contains("Vera: developer");
        assertThat(said(vera, "teams", "why", "app.deploy")).contains("app.deploy: yes");
        assertThat(failed(vera, "teams", "grant", id, "--role", "owner")).contains("member.update");
        assertThat(failed(owner, "teams", "grant", id, "--role", "captain")).contains("captain");
        assertThat(said(owner, "teams", "roles")).contains("owner", "viewer", "app.read");
        assertThat(said(owner, "teams", "recover", id)).contains("/login/");

        assertThat(failed(owner, "teams", "remove", id)).contains("--yes");
        assertThat(said(owner, "teams", "remove", id, "--dry-run")).contains("Vera");
        assertThat(said(owner, "teams", "remove", id, "--yes")).contains(id + " is removed");
        assertThat(said(owner, "teams", "members")).doesNotContain("Vera");
        assertThat(failed(vera, "teams")).hasSizeGreaterThan(20);
    }

    @Test
    void aTeamIsHandedOverAndDeletedByWhoOwnsIt() {
        String ada = member("Ada", "admin");
        String id = id("Ada");

        assertThat(failed(ada, "teams", "transfer", id, "--yes")).contains("team.transfer");
        assertThat(failed(owner, "teams", "transfer", id)).contains("--yes");
        assertThat(said(owner, "teams", "transfer", id, "--dry-run")).contains("Ada");
        assertThat(failed(owner, "teams", "transfer", "usr_nonsense", "--yes"))
                .contains("There is no such member.");
        assertThat(said(owner, "teams", "transfer", id, "--yes")).contains("Ada owns the team.");
        assertThat(failed(owner, "teams", "delete", "--yes")).contains("team.remove");

        assertThat(failed(ada, "teams", "delete", "--yes")).hasSizeGreaterThan(20);
        control.api(ada).post("teams", Map.of("name", "Les Docks"));
        assertThat(failed(ada, "teams", "delete")).contains("--yes");
        assertThat(said(ada, "teams", "delete", "--dry-run")).contains("Is lost", "Owner");
        assertThat(said(ada, "teams", "delete", "--yes")).contains("Home is deleted.");
        assertThat(failed(ada, "teams")).hasSizeGreaterThan(20);
        assertThat(escale(ada, "teams", "delete", "--nonsense").attempt().exit()).isEqualTo(2);
    }

    /**
     * @return a token of theirs
     */
    private String member(String name, String role) {
        var guest = new Guest(control, role);
        guest.arrive();
        guest.signIn(name);
        return guest.token();
    }

    private String id(String name) {
        return Json.parse(said(owner, "teams", "members", "--json")).list("items").stream()
                .filter(each -> each.text("name").equals(name))
                .findFirst()
                .orElseThrow()
                .text("person");
    }

    private String mailed() {
        return Json.parse(said(owner, "teams", "invitations", "--json")).list("items").stream()
                .filter(each -> "ann@example.com".equals(each.text("email")))
                .findFirst()
                .orElseThrow()
                .text("id");
    }

    private String awaitListed(String... oneOf) {
        return Wait.until(
                "the letter",
                Duration.ofSeconds(60),
                () -> {
                    String listed = said(owner, "teams", "invitations");
                    return List.of(oneOf).stream().anyMatch(listed::contains) ? listed : null;
                });
    }

    private String said(String token, String... words) {
        return escale(token, words).run();
    }

    private String failed(String token, String... words) {
        Program.Ended ended = escale(token, words).attempt();
        assertThat(ended.exit()).as(ended.output()).isEqualTo(1);
        assertThat(ended.output()).doesNotContain("\tat ", "Exception");
        return ended.output();
    }

    private Program escale(String token, String... words) {
        var command = new ArrayList<>(Build.client());
        command.addAll(List.of(words));
        return Program.of(command)
                .withCleanEnvironment()
                .with("HOME", workplace.folder().toString())
                .with("ESCALE_URL", control.url())
                .with("ESCALE_CA", control.root().toString())
                .with("ESCALE_TOKEN", token)
                .with("LC_ALL", "C.UTF-8")
                .in(workplace.folder());
    }
}
