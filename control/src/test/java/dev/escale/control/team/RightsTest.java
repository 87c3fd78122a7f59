package dev.escale.control.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.RunningControl.Answer;
import dev.escale.control.TestBrowser;
import dev.escale.control.TestStream;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.deployment.PlayedAgent;
import dev.escale.control.source.PushingGit;
import dev.escale.protocol.Order;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** What a role lets one do, at every door, and from the moment that it changes. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class RightsTest extends HomeTeam {
    private static final String DEPLOYER =
            "{\"name\":\"Deployer\",\"permissions\":[\"app.read\",\"app.deploy\"]}";
    private static final Set<String> VALUES =
            Set.of(
                    "plain-value-of-shop",
                    "secret-value-of-shop",
                    "PLAIN_OF_SHOP",
                    "SECRET_OF_SHOP");

    @TempDir Path home;

    @BeforeEach
    void aServerWithTwoApps() {
        owner("POST", "servers", "{\"name\":\"web-1\"}");
        app("Shop", "web-1");
        app("Blog", "web-1");
    }

    @Test
    void whoMayDeployWithoutReadingVariablesDeploysByEveryDoorAndReadsThemByNone()
            throws Exception {
        PlayedAgent agent = PlayedAgent.join(control, "web-2");
        app("Pushed", "web-2");
        owner(
                "PATCH",
                "apps/pushed/env",
                "{\"set\":{\"PLAIN_OF_SHOP\":{\"value\":\"plain-value-of-shop\",\"secret\":false},"
                    + "\"SECRET_OF_SHOP\":{\"value\":\"secret-value-of-shop\",\"secret\":true}}}");
        owner("POST", "teams/home/roles", DEPLOYER);
        TestBrowser dan = join("Dan", "{\"grants\":[{\"role\":\"Deployer\"}]}");
        String token = dan.token("home");
        assertThat(owner("GET", "apps/pushed/env", null).body()).contains("plain-value-of-shop");

        var git = new PushingGit(home, control.config().home().resolve("ca/root.pem"));
        git.token(token);
        git.commit("index.html", "one", "first");
        JsonNode app = owner("GET", "apps/pushed", null).json();
        var push = git.start("push", app.get("gitUrl").asString(), "main");
        agent.goesLive(agent.order(Order.Deploy.class));
        assertThat(push.said().join().code()).isZero();
        Answer byRest = as(token, "POST", "apps/pushed/deployments", "{}");
        Answer byPage = dan.post("/home/apps/pushed/deploy");
        String deployment = byRest.json().get("id").asString();

        assertThat(byRest.status()).as(byRest.body()).isLessThan(300);
        assertThat(byPage.status()).as(byPage.body()).isEqualTo(303);
        List<String> told = new ArrayList<>();
        for (String path : readable(deployment)) {
            Answer answer =
                    path.startsWith("/api/")
                            ? as(token, "GET", path.substring("/api/v1/".length()), null)
                            : dan.get(path);
            VALUES.stream()
                    .filter(answer.body()::contains)
                    .forEach(each -> told.add(path + " tells " + each));
        }
        assertThat(told).isEmpty();
        assertThat(code(as(token, "GET", "apps/pushed/env", null)))
                .isEqualTo("permission.missingHere");
        assertThat(code(as(token, "PATCH", "apps/pushed/env", "{\"unset\":[\"PLAIN_OF_SHOP\"]}")))
                .isEqualTo("permission.missing");
        assertThat(dan.get("/home/apps/pushed/environment").status()).isEqualTo(403);
        assertThat(dan.get("/home/apps/pushed").body()).doesNotContain("/environment\"");
        TestStream open = dan.stream("home");
        for (String part : List.of("app.badge", "deployment.list", "app.output")) {
            open.follow(part, app.get("id").asString());
        }
        assertThat(String.join("", open.drawing(), String.join("", open.soFar())))
                .doesNotContain(VALUES);
    }

    @Test
    void aChangeOfRolesClosesOpenStreamsAndTheyShowNoMoreThanTheNewRolesLet() {
        TestBrowser dan = join("Dan", "{\"grants\":[{\"role\":\"developer\"}]}");
        String shop = owner("GET", "apps/shop", null).json().get("id").asString();
        String blog = owner("GET", "apps/blog", null).json().get("id").asString();
        TestStream before = dan.stream("home");
        before.follow("app.badge", shop);
        assertThat(before.drawing()).contains("badge");

        owner(
                "PATCH",
                "teams/home/members/" + member("Dan"),
                "{\"grants\":[{\"role\":\"viewer\",\"scope\":\"app\",\"target\":\"blog\"}]}");

        assertThat(before.closeCode()).isEqualTo(4403);
        TestStream after = dan.stream("home");
        after.follow("app.badge", shop);
        after.follow("server.list", "");
        after.follow("app.badge", blog);
        String drawn = after.drawing();
        while (!drawn.contains("badge")) {
            drawn += after.drawing(); // the list of servers, without one
        }
        assertThat(drawn + after.soFar()).doesNotContain("web-1", shop);
        assertThat(dan.get("/home/apps/shop").status()).isEqualTo(404);
    }

    @Test
    void aRoleThatIsChangedHoldsAtOnceForAllWhoHaveItAndIsNotDeletedWhileSomebodyCouldGetIt() {
        String role = owner("POST", "teams/home/roles", DEPLOYER).json().get("id").asString();
        TestBrowser dan = join("Dan", "{\"grants\":[{\"role\":\"Deployer\"}]}");
        String token = dan.token("home");
        TestStream open = dan.stream("home");
        assertThat(code(as(token, "POST", "apps/shop/actions", "{\"action\":\"stop\"}")))
                .isEqualTo("permission.missing");

        owner("PATCH", "teams/home/roles/" + role, "{\"permissions\":[\"app.read\",\"app.stop\"]}");

        assertThat(open.closeCode()).isEqualTo(4403);
        assertThat(code(as(token, "POST", "apps/shop/deployments", "{}")))
                .isEqualTo("permission.missing");
        assertThat(code(as(token, "POST", "apps/shop/actions", "{\"action\":\"stop\"}")))
                .doesNotContain("permission");

        assertThat(code(owner("DELETE", "teams/home/roles/" + role, null))).isEqualTo("role.used");
        owner(
                "PATCH",
                "teams/home/members/" + member("Dan"),
                "{\"grants\":[{\"role\":\"viewer\"}]}");
        Answer invited =
                owner("POST", "teams/home/invitations", "{\"grants\":[{\"role\":\"Deployer\"}]}");
        assertThat(code(owner("DELETE", "teams/home/roles/" + role, null))).isEqualTo("role.used");
        owner(
                "DELETE",
                "teams/home/invitations/" + invited.json().at("/invitation/id").asString(),
                null);
        assertThat(owner("DELETE", "teams/home/roles/" + role, null).status()).isEqualTo(204);
    }

    @Test
    void noFormIsOfferedThatWouldBeRefused() {
        TestBrowser vera = join("Vera", "{\"grants\":[{\"role\":\"viewer\"}]}");

        assertThat(vera.get("/home/apps/new").status()).isEqualTo(403);
        assertThat(vera.get("/home/servers/new").status()).isEqualTo(403);
        String settings = vera.get("/home/apps/shop/settings").body();
        assertThat(settings).contains("<fieldset disabled>").doesNotContain(">Save</button>");
    }

    @Test
    void aRefusalNamesWhatIsMissingAndSaysWhoCouldGiveIt() {
        join("Ada", "{\"grants\":[{\"role\":\"admin\"}]}");
        TestBrowser vera = join("Vera", "{\"grants\":[{\"role\":\"viewer\"}]}");
        String token = vera.token("home");

        Answer byRest = as(token, "POST", "apps/shop/deployments", "{}");
        Answer byPage = vera.post("/home/apps/shop/deploy");
        Answer why = as(token, "GET", "teams/home/permissions/app.deploy", null);
        Answer byGit =
                control.send(
                        control.request("/git/home/shop.git/info/refs?service=git-receive-pack")
                                .header(
                                        "Authorization",
                                        "Basic "
                                                + java.util.Base64.getEncoder()
                                                        .encodeToString(
                                                                ("x:" + token).getBytes())));

        assertThat(byRest.json().at("/facts/permission").asString()).isEqualTo("app.deploy");
        assertThat(byRest.status()).isEqualTo(403);
        assertThat(byPage.status()).isEqualTo(403);
        assertThat(byPage.body()).contains("app.deploy", "/home/team/roles#app.deploy");
        assertThat(byGit.status()).isEqualTo(403);
        assertThat(byGit.body()).contains("app.deploy");
        assertThat(vera.get("/home/apps/shop").body()).doesNotContain("/deploy\"");
        assertThat(vera.get("/home/team/roles").body()).contains("Could be given by: Owner, Ada");
        assertThat(why.json().get("having").asString()).isEqualTo("nowhere");
        assertThat(why.json().get("givers"))
                .extracting(each -> each.asString())
                .containsExactly("Owner", "Ada");
        assertThat(as(token, "GET", "teams/home/permissions/no.such", null).status())
                .isEqualTo(404);
    }

    /** Every address that is only looked at, with what the team has in its places. */
    private List<String> readable(String deployment) {
        List<String> paths = new ArrayList<>();
        for (var entry :
                control.bean(RequestMappingHandlerMapping.class).getHandlerMethods().entrySet()) {
            boolean looks =
                    entry.getKey().getMethodsCondition().getMethods().contains(RequestMethod.GET);
            for (String pattern : entry.getKey().getPatternValues()) {
                if (looks && (pattern.startsWith("/api/v1/") || pattern.startsWith("/{team}"))) {
                    paths.add(
                            pattern.replace("{team}", "home")
                                    .replace("{app}", "pushed")
                                    .replaceAll("(deployments)/\\{\\w+}", "$1/" + deployment)
                                    .replaceAll("(apps)/\\{\\w+}", "$1/pushed")
                                    .replaceAll("(servers)/\\{\\w+}", "$1/web-1")
                                    .replaceAll("\\{[^}]*}", "x"));
                }
            }
        }
        assertThat(paths).hasSizeGreaterThan(40);
        return paths;
    }
}
