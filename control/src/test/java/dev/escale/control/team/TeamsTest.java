package dev.escale.control.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl.Answer;
import dev.escale.control.TestBrowser;
import dev.escale.control.db.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Members, invitations, roles: asked for by page and REST, on both databases. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class TeamsTest extends HomeTeam {
    private static final Map<String, String> BODIES =
            Map.of("developer", "{\"grants\":[{\"role\":\"developer\"}]}");

    @Test
    void anInvitationLetsOnePersonInOnce() {
        Answer invited = owner("POST", "teams/home/invitations", BODIES.get("developer"));
        String link = path(invited);
        var ann = new TestBrowser(control);

        assertThat(invited.status()).as(invited.body()).isEqualTo(201);
        assertThat(ann.get(link).body()).contains("Join Home").contains("Owner invites you");
        Answer joined = ann.post(link, "name", "Ann");
        assertThat(joined.header("Location")).isEqualTo("/home/apps");
        assertThat(ann.get("/home/apps").status()).isEqualTo(200);

        assertThat(ann.get(link).body()).contains("You belong to this team already");
        Answer late = new TestBrowser(control).post(link, "name", "Bob");
        assertThat(late.status()).isEqualTo(410);
        assertThat(late.body()).contains("accepted already");
        assertThat(members())
                .extracting(each -> each.get("name").asString())
                .containsExactly("Owner", "Ann");
        assertThat(owner("GET", "audit", null).body()).contains("member.join");
        assertThat(new TestBrowser(control).get(link + "x").status()).isEqualTo(404);
    }

    @Test
    void aRevokedInvitationAndOneOfSomebodyWhoWasShownTheDoorOpenNothing() {
        Answer first = owner("POST", "teams/home/invitations", BODIES.get("developer"));
        String id = first.json().at("/invitation/id").asString();
        assertThat(owner("DELETE", "teams/home/invitations/" + id, null).status()).isEqualTo(204);
        assertThat(owner("DELETE", "teams/home/invitations/" + id, null).status()).isEqualTo(409);
        Answer revoked = new TestBrowser(control).post(path(first), "name", "Ann");
        assertThat(revoked.status()).isEqualTo(410);

        TestBrowser ada = join("Ada", "{\"grants\":[{\"role\":\"admin\"}]}");
        String admin = ada.token("home");
        String shown = ada.post("/home/team/invitations", "role", "developer").body();
        Answer second = as(admin, "POST", "teams/home/invitations", BODIES.get("developer"));
        assertThat(second.status()).as(second.body()).isEqualTo(201);
        remove("Ada");
        assertThat(as(admin, "GET", "me", null).status()).isEqualTo(401);
        Answer ofTheirToken = new TestBrowser(control).post(path(second), "name", "Ann");
        assertThat(ofTheirToken.status()).isEqualTo(410);
        var link = Pattern.compile("/invitations/[0-9A-Za-z_-]{20,}").matcher(shown);
        assertThat(link.find()).as(shown).isTrue();
        Answer orphan = new TestBrowser(control).post(link.group(), "name", "Ann");
        assertThat(orphan.status()).isEqualTo(410);
        assertThat(orphan.body()).contains("Ada");
        assertThat(members()).hasSize(1);
    }

    @Test
    void nobodyGivesOrTakesWhatTheyDoNotHaveAndALastOwnerStays() {
        TestBrowser ada = join("Ada", "{\"grants\":[{\"role\":\"admin\"}]}");
        String admin = ada.token("home");
        String owner = member("Owner");

        assertThat(
                        code(
                                as(
                                        admin,
                                        "POST",
                                        "teams/home/invitations",
                                        "{\"grants\":[{\"role\":\"owner\"}]}")))
                .isEqualTo("member.moreThanYours");
        assertThat(
                        code(
                                as(
                                        admin,
                                        "PATCH",
                                        "teams/home/members/" + member("Ada"),
                                        "{\"grants\":[{\"role\":\"owner\"}]}")))
                .isEqualTo("member.moreThanYours");
        assertThat(code(as(admin, "PATCH", "teams/home/members/" + owner, BODIES.get("developer"))))
                .isEqualTo("member.moreThanYours");
        assertThat(code(as(admin, "DELETE", "teams/home/members/" + owner, null)))
                .isEqualTo("member.moreThanYours");
        assertThat(code(owner("PATCH", "teams/home/members/" + owner, BODIES.get("developer"))))
                .isEqualTo("member.lastOwner");

        assertThat(
                        owner(
                                        "PATCH",
                                        "teams/home/members/" + member("Ada"),
                                        "{\"grants\":[{\"role\":\"owner\"}]}")
                                .status())
                .isEqualTo(200);
        assertThat(
                        as(admin, "PATCH", "teams/home/members/" + owner, BODIES.get("developer"))
                                .status())
                .isEqualTo(200);
        assertThat(
                        code(
                                owner(
                                        "POST",
                                        "teams/home/roles",
                                        "{\"name\":\"x\",\"permissions\":[\"app.read\"]}")))
                .isEqualTo("permission.missing");
    }

    @Test
    void aRoleNarrowedToAnAppLetsDoAndSeeThatAppAlone() {
        String server =
                owner("POST", "servers", "{\"name\":\"web-1\"}").json().get("id").asString();
        app("Shop", server);
        app("Blog", server);
        String token =
                join(
                                "Dan",
                                "{\"grants\":[{\"role\":\"developer\",\"scope\":\"app\",\"target\":\"shop\"}]}")
                        .token("home");

        assertThat(as(token, "GET", "apps", null).json().get("items"))
                .extracting(each -> each.get("slug").asString())
                .containsExactly("shop");
        assertThat(as(token, "GET", "apps/blog", null).status()).isEqualTo(404);
        assertThat(as(token, "GET", "apps/blog/env", null).status()).isEqualTo(404);
        assertThat(as(token, "DELETE", "apps/blog", null).status()).isEqualTo(403);
        assertThat(
                        as(token, "PATCH", "apps/blog/env", "{\"set\":{\"A\":{\"value\":\"1\"}}}")
                                .status())
                .isEqualTo(404);
        assertThat(as(token, "GET", "servers", null).json().get("items")).isEmpty();
        assertThat(as(token, "GET", "servers/web-1", null).status()).isEqualTo(404);
        assertThat(as(token, "GET", "audit", null).status()).isEqualTo(403);
        assertThat(
                        as(token, "PATCH", "apps/shop/env", "{\"set\":{\"A\":{\"value\":\"1\"}}}")
                                .status())
                .isEqualTo(200);
        assertThat(
                        code(
                                as(
                                        token,
                                        "POST",
                                        "apps",
                                        "{\"name\":\"Second\",\"server\":\"web-1\",\"source\":{\"type\":\"escale\"}}")))
                .isEqualTo("permission.missingHere");
        assertThat(code(as(token, "DELETE", "apps/shop", null))).isEqualTo("permission.missing");
    }

    @Test
    void aRoleOnAServerHoldsForItsApps() {
        owner("POST", "servers", "{\"name\":\"web-1\"}");
        owner("POST", "servers", "{\"name\":\"web-2\"}");
        app("Shop", "web-1");
        app("Blog", "web-2");
        String token =
                join(
                                "Dan",
                                "{\"grants\":[{\"role\":\"developer\",\"scope\":\"server\",\"target\":\"web-1\"}]}")
                        .token("home");

        assertThat(as(token, "GET", "apps", null).body())
                .contains("\"shop\"")
                .doesNotContain("blog");
        assertThat(as(token, "GET", "servers", null).body())
                .contains("web-1")
                .doesNotContain("web-2");
        assertThat(
                        as(
                                        token,
                                        "POST",
                                        "apps",
                                        "{\"name\":\"Second\",\"server\":\"web-1\",\"source\":{\"type\":\"escale\"}}")
                                .status())
                .isEqualTo(201);
        assertThat(
                        as(
                                        token,
                                        "POST",
                                        "apps",
                                        "{\"name\":\"Other\",\"server\":\"web-2\",\"source\":{\"type\":\"escale\"}}")
                                .status())
                .isIn(403, 404, 422);
    }

    @Test
    void aRoleOfTheTeamsOwnIsMadeGivenChangedAndNotDeletedWhileInUse() {
        owner("POST", "servers", "{\"name\":\"web-1\"}");
        app("Shop", "web-1");
        Answer made =
                owner(
                        "POST",
                        "teams/home/roles",
                        "{\"name\":\"Deployer\",\"permissions\":[\"app.read\",\"app.deploy\"]}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String role = made.json().get("id").asString();
        TestBrowser dan = join("Dan", "{\"grants\":[{\"role\":\"Deployer\"}]}");
        String token = dan.token("home");

        assertThat(code(as(token, "GET", "apps/shop/env", null)))
                .isEqualTo("permission.missingHere");
        assertThat(dan.get("/home/team/roles").body()).contains("Deployer");
        assertThat(code(owner("DELETE", "teams/home/roles/" + role, null))).isEqualTo("role.used");
        owner("PATCH", "teams/home/roles/" + role, "{\"permissions\":[\"app.read\",\"env.read\"]}");
        assertThat(as(token, "GET", "apps/shop/env", null).status()).isEqualTo(200);
        assertThat(code(as(token, "POST", "apps/shop/deployments", "{}")))
                .isEqualTo("permission.missing");
        assertThat(code(owner("PATCH", "teams/home/roles/owner", "{\"name\":\"x\"}")))
                .isEqualTo("role.builtIn");
        assertThat(
                        owner(
                                        "POST",
                                        "teams/home/roles",
                                        "{\"name\":\"\",\"permissions\":[\"no.such\"]}")
                                .json()
                                .get("faults"))
                .hasSize(2);
    }

    @Test
    void teamsAreKeptApart() {
        owner("POST", "servers", "{\"name\":\"web-1\"}");
        app("Shop", "web-1");
        TestBrowser dan = join("Dan", BODIES.get("developer"));
        Answer made = dan.post("/home/teams", "name", "Les Docks");
        assertThat(made.header("Location")).isEqualTo("/les-docks/team");

        String token = dan.token("les-docks");
        assertThat(as(token, "GET", "me", null).json().at("/team/slug").asString())
                .isEqualTo("les-docks");
        assertThat(as(token, "GET", "apps", null).json().get("items")).isEmpty();
        assertThat(as(token, "GET", "apps/shop", null).status()).isEqualTo(404);
        assertThat(as(token, "GET", "teams/home/members", null).status()).isEqualTo(404);
        assertThat(dan.get("/les-docks/apps/shop").status()).isEqualTo(404);
        assertThat(dan.get("/home/apps/shop").status()).isEqualTo(200);
        assertThat(owner("GET", "teams/les-docks/members", null).status()).isEqualTo(404);
        assertThat(dan.post("/home/teams", "name", "Login").body())
                .contains("cannot stand for a team");
    }

    @Test
    void aNarrowedTokenMayNoMoreThanThatAndMakesNoWiderOne() {
        owner("POST", "servers", "{\"name\":\"web-1\"}");
        app("Shop", "web-1");
        app("Blog", "web-1");
        String place = "\"places\":[{\"scope\":\"app\",\"target\":\"shop\"}]";
        Answer made =
                owner(
                        "POST",
                        "tokens",
                        "{\"name\":\"ci\",\"permissions\":[\"app.read\",\"token.create\"],"
                                + place
                                + "}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String token = made.json().get("token").asString();

        assertThat(as(token, "GET", "apps", null).body()).contains("shop").doesNotContain("blog");
        assertThat(as(token, "GET", "apps/blog", null).status()).isEqualTo(404);
        assertThat(code(as(token, "POST", "apps/shop/deployments", "{}")))
                .isEqualTo("permission.missing");
        assertThat(code(as(token, "GET", "apps/shop/env", null)))
                .isEqualTo("permission.missingHere");
        assertThat(as(token, "POST", "tokens", "{\"name\":\"wider\"}").status()).isEqualTo(403);
        assertThat(
                        owner("POST", "tokens", "{\"name\":\"x\",\"permissions\":[\"nonsense\"]}")
                                .status())
                .isEqualTo(422);
    }

    @Test
    void aTokenMakesNoneThatOutlivesIt() {
        Instant soon = Instant.now().plus(Duration.ofDays(1));
        String token = owner("POST", "tokens", ending(soon)).json().get("token").asString();

        assertThat(code(as(token, "POST", "tokens", "{\"name\":\"ever\"}")))
                .isEqualTo("token.longerThanItself");
        assertThat(code(as(token, "POST", "tokens", ending(soon.plusSeconds(60)))))
                .isEqualTo("token.longerThanItself");
        assertThat(as(token, "POST", "tokens", ending(soon.minusSeconds(60))).status())
                .isEqualTo(201);
    }

    private static String ending(Instant at) {
        return "{\"name\":\"ci\",\"expiresAt\":\"" + at + "\"}";
    }

    @Test
    void whoTriesLinksTooOftenWaits() {
        var guesser = new TestBrowser(control);
        Answer last = guesser.get("/login/guess");
        for (int i = 0; i < 100 && last.status() != 429; i++) {
            last = guesser.get("/login/guess");
        }

        assertThat(last.status()).isEqualTo(429);
        assertThat(Integer.parseInt(last.header("Retry-After"))).isBetween(1, 60);
        assertThat(last.body()).contains("Too many requests");
        assertThat(guesser.get("/%6Cogin/guess").status())
                .as("however it is written")
                .isEqualTo(429);
    }

    @Test
    void everyPageOfATeamIsDrawn() {
        TestBrowser ada = join("Ada", "{\"grants\":[{\"role\":\"admin\"}]}");
        owner("POST", "servers", "{\"name\":\"web-1\"}");
        app("Shop", "web-1");

        for (String page :
                new String[] {
                    "team",
                    "team/roles",
                    "team/roles/new",
                    "team/settings",
                    "team/leave",
                    "teams/new",
                    "team/members/" + member("Ada")
                }) {
            assertThat(ada.get("/home/" + page).status()).as(page).isEqualTo(200);
        }
        assertThat(ada.post("/home/team/invitations", "role", "viewer", "place", "team").body())
                .contains("/invitations/");
        assertThat(
                        ada.post(
                                        "/home/team/invitations",
                                        "email",
                                        "nonsense",
                                        "role",
                                        "viewer",
                                        "place",
                                        "team")
                                .body())
                .contains("This is no e-mail address");
        assertThat(
                        ada.post("/home/team/roles", "name", "Lookers", "permission", "app.read")
                                .status())
                .isEqualTo(303);
        assertThat(ada.get("/home/team/members/" + member("Owner") + "/remove").status())
                .isEqualTo(403);
    }

    private void remove(String name) {
        Answer planned = owner("DELETE", "teams/home/members/" + member(name), null);
        assertThat(planned.status()).isEqualTo(409);
        String plan = planned.json().get("planId").asString();
        assertThat(owner("POST", "plans/" + plan + "/apply", "{}").status()).isEqualTo(200);
    }
}
