package dev.escale.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.escale.testkit.Workplace;
import dev.escale.testkit.browser.Chromium;
import dev.escale.testkit.browser.Visit;
import dev.escale.testkit.control.ControlProcess;
import dev.escale.testkit.control.ControlSettings;
import dev.escale.testkit.control.Json;
import dev.escale.testkit.host.NeedsTestHosts;
import dev.escale.testkit.host.TestHost;
import dev.escale.testkit.host.TestHosts;
import dev.escale.testkit.load.Load;
import dev.escale.testkit.program.Running;
import dev.escale.testkit.program.Wait;
import dev.escale.testkit.stack.App;
import dev.escale.testkit.stack.Dashboard;
import dev.escale.testkit.stack.SampleApp;
import dev.escale.testkit.stack.Site;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * The life of a server: a fresh Debian 12 host is installed by the copied command, takes pushes,
 * loses its link, its agent, its control plane and its power, and is left as it was. One host for
 * the whole story, in this order; a neighbour looks at it from outside.
 */
@NeedsTestHosts
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class HostStory {
    private static final Duration DELIVERED = Duration.ofSeconds(120);

    private final Workplace workplace = Workplace.fresh();
    private TestHosts hosts;
    private TestHost web;
    private TestHost neighbour;
    private ControlProcess control;
    private String before;
    private Json added;
    private String server;
    private @Nullable App created;
    private @Nullable App other;

    @BeforeAll
    void bootHostsAndStartTheControlPlaneThatTheyReach() {
        hosts = TestHosts.open();
        web = hosts.start("web-1");
        neighbour = hosts.start("web-2");
        before = inventory();
        control =
                ControlProcess.start(
                        ControlSettings.on(hosts.gateway(), workplace.folder().resolve("control")));
        added = control.api().post("servers", Map.of("name", "web-1"));
        server = added.text("id");
    }

    @AfterAll
    void endAll() {
        if (control != null) {
            control.close();
        }
        if (hosts != null) {
            hosts.close();
        }
        workplace.close();
    }

    @Test
    @Order(1)
    void copiedCommandTurnsAFreshHostOnlineOnTheOpenPage() {
        try (Chromium chromium = Chromium.trusting(control.root());
                Visit visit = chromium.visit("en", ColorScheme.DARK)) {
            Page page = visit.page();
            Dashboard.signIn(page, control);
            page.navigate(Dashboard.server(control, server));
            PlaywrightAssertions.assertThat(page.getByText("Online").first()).not().isVisible();

            long began = System.nanoTime();
            web.shell(added.text("installCommand"));
            double installed = secondsSince(began);
            PlaywrightAssertions.assertThat(page.getByText("Online").first())
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(20_000));

            // Told, not asserted: it depends on the machine. the aim is less than 15 s.
            System.err.printf(
                    "[e2e] copied command: %.1f s, Online on the page after %.1f s%n",
                    installed, secondsSince(began));
            assertThat(visit.complaints()).isEmpty();
        }
        assertThat(control.api().get("servers/" + server).text("state")).isEqualTo("online");
        assertThat(web.run("ss", "-Hltnp"))
                .as("the agent listens on nothing")
                .doesNotContain("escale")
                .doesNotContain("java");
    }

    @Test
    @Order(2)
    void pushGoesLiveUnderANameThatAnybodyCanResolve() {
        App shop = App.create(control, server, "shop", workplace.folder("repositories"));
        created = shop;
        assertThat(shop.url()).contains(web.address().replace('.', '-') + ".sslip.io");

        shop.goLive("release 1");

        assertThat(shop.fetch()).isEqualTo(new Site(200, "release 1"));
        shop.awaitSettled();
    }

    @Test
    @Order(3)
    void portsOfAppsAreClosedToOtherHosts() {
        String port =
                web.shell("ss -Hltn | awk '{print $4}' | grep -oE ':2[0-9]{4}$' | head -n1")
                        .strip();
        assertThat(port).startsWith(":2");

        assertThat(connects(web, "127.0.0.1", port)).isTrue();
        assertThat(connects(neighbour, web.address(), port)).isFalse();
        assertThat(connects(neighbour, web.address(), ":443")).isTrue();
    }

    @Test
    @Order(4)
    void appThatListensOnAllInterfacesIsClosedToOtherHostsToo() {
        App wide = App.create(control, server, "wide", workplace.folder("repositories"));
        other = wide;
        SampleApp.program(
                wide.repo(),
                "require('node:http').createServer((q, r) => r.end('wide\\n"
                        + "')).listen(process.env.PORT, '0.0.0.0')");
        wide.push("Listen everywhere");
        wide.awaitStatus("live");

        assertThat(wide.fetchText()).isEqualTo("wide");
        assertThat(shop().fetchText()).isEqualTo("release 1");
        String port =
                web.shell("ss -Hltn | awk '{print $4}' | grep -oE '^0.0.0.0:2[0-9]{4}$' | head -n1")
                        .strip();
        assertThat(port).isNotEmpty();
        assertThat(connects(neighbour, web.address(), port.replaceFirst(".*:", ":"))).isFalse();
    }

    @Test
    @Order(5)
    void deploymentEndsThoughTheLinkIsCutInTheMiddleOfItAndNoVisitorNotices() throws IOException {
        slowBuild("release 2", 6);
        Visitor visitor = Visitor.on(web, shop().url(), control.root());
        try (Running push = shop().repo().pushInBackground(workplace.folder().resolve("cut.log"))) {
            awaitBuilding();

            web.cut();
            Wait.until(
                    "the server to be seen as away",
                    Duration.ofSeconds(60),
                    () -> !state().equals("online"));
            web.heal();

            shop().awaitStatus("live");
            assertThat(shop().fetchText()).isEqualTo("release 2");
            Wait.until("the push to end", Duration.ofSeconds(30), () -> !push.alive());
        }
        shop().awaitSettled();
        Visitor.Count count = visitor.leave();
        assertThat(count.answered()).isGreaterThan(100);
        assertThat(count.failed()).isZero();
    }

    @Test
    @Order(6)
    void killedAgentEndsInATrueStateAndTheOldReleaseNeverStopsServing() {
        try (Load load = load()) {
            slowBuild("release 3", 6);
            try (Running push =
                    shop().repo().pushInBackground(workplace.folder().resolve("kill-agent.log"))) {
                awaitBuilding();

                web.shell("systemctl kill --kill-whom=main -s KILL escale-agent");

                awaitOver();
                assertThat(push.pid()).isPositive();
            }
            assertThat(load.stop().failures()).isEmpty();
        }
        tellsTheTruth("release 2", "release 3");
    }

    @Test
    @Order(7)
    void killedControlPlaneLosesNoDeployment() {
        String serving = shop().fetchText();
        try (Load load = load()) {
            slowBuild("release 4", 6);
            try (Running push =
                    shop().repo()
                            .pushInBackground(workplace.folder().resolve("kill-control.log"))) {
                awaitBuilding();

                control.crash();
                assertThat(shop().fetchText()).isEqualTo(serving);
                control.startAgain();

                shop().awaitStatus("live");
                assertThat(push.pid()).isPositive();
            }
            assertThat(load.stop().failures()).isEmpty();
        }
        assertThat(shop().fetchText()).isEqualTo("release 4");
        shop().awaitSettled();
    }

    @Test
    @Order(8)
    void appsAreBackAfterARebootAndClosedThoughNoAgentRuns() {
        List<String> before = processes();
        assertThat(before).hasSize(2);
        web.shell("systemctl disable escale-agent");

        web.reboot();

        Wait.until("the app to answer", DELIVERED, () -> answers(shop(), "release 4"));
        Wait.until("the other to answer", DELIVERED, () -> answers(wide(), "wide"));
        assertThat(web.serviceIsActive("escale-agent")).isFalse();
        String port =
                web.shell("ss -Hltn | awk '{print $4}' | grep -oE '^0.0.0.0:2[0-9]{4}$'").strip();
        assertThat(connects(web, "127.0.0.1", port.replaceFirst(".*:", ":"))).isTrue();
        assertThat(connects(neighbour, web.address(), port.replaceFirst(".*:", ":"))).isFalse();

        web.shell("systemctl enable --now escale-agent");
        Wait.until("the server to be online", DELIVERED, () -> state().equals("online"));
        Wait.until("the same releases to run", DELIVERED, () -> processes().equals(before));
        assertThat(shop().fetchText()).isEqualTo("release 4");
        assertThat(wide().fetchText()).isEqualTo("wide");
    }

    /** Each process that PM2 has, with its release and whether it is online. */
    private List<String> processes() {
        String list =
                web.shell(
                        "PM2_HOME=/var/lib/escale/pm2 node"
                                + " /var/lib/escale/tools/pm2/node_modules/pm2/bin/pm2 jlist");
        return Json.parse(list).list().stream()
                .map(one -> one.text("name") + " " + one.at("pm2_env").text("status"))
                .sorted()
                .toList();
    }

    @Test
    @Order(9)
    void removedAppLeavesNothingAndTheOtherGoesOn() {
        Json planned = control.api().delete("apps/" + shop().id() + "?dryRun=true");
        assertThat(shop().fetchText()).isEqualTo("release 4");

        control.api().post("plans/" + planned.text("planId") + "/apply", Map.of());

        Wait.until(
                "nothing of it to be left",
                DELIVERED,
                () ->
                        web.shell(
                                        "grep -rl "
                                                + shop().id()
                                                + " /etc/nginx /var/lib/escale/apps 2>/dev/null ||"
                                                + " true")
                                .isBlank());
        assertThat(web.run("nginx", "-t")).contains("successful");
        assertThat(wide().fetchText()).isEqualTo("wide");
    }

    @Test
    @Order(10)
    void removedServerIsLeftAsItWas() {
        Json planned = control.api().delete("servers/" + server + "?dryRun=true");
        control.api().post("plans/" + planned.text("planId") + "/apply", Map.of());

        Wait.until("the agent to go", DELIVERED, () -> !web.serviceIsActive("escale-agent"));
        Wait.until("nothing of ours to be left", DELIVERED, () -> inventory().equals(before));
        assertThat(inventory()).isEqualTo(before);
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    private App shop() {
        return Objects.requireNonNull(created, "the push before this failed");
    }

    private App wide() {
        return Objects.requireNonNull(other, "the push before this failed");
    }

    private void slowBuild(String text, int seconds) {
        SampleApp.builds(
                shop().repo(),
                text,
                "setTimeout(() => console.log('built'), " + seconds * 1000 + ")");
        shop().repo().commit("Say " + text);
    }

    private void awaitBuilding() {
        Wait.until(
                "the build to run",
                Duration.ofSeconds(60),
                () ->
                        shop().latest().text("status").equals("running")
                                && web.program("pgrep", "-f", "build.js").attempt().exit() == 0);
    }

    private void awaitOver() {
        Wait.until(
                "the deployment to be over",
                DELIVERED,
                () -> !List.of("queued", "running").contains(shop().latest().text("status")));
    }

    /** What the record says and what serves must be the same thing. */
    private void tellsTheTruth(String old, String next) {
        Json deployment = shop().awaitSettled();
        boolean live = deployment.text("status").equals("live");
        assertThat(shop().fetchText()).isEqualTo(live ? next : old);
        assertThat(deployment.truth("current")).isEqualTo(live);
    }

    private Load load() {
        return Load.on(shop().url(), control.root(), 2, 50, body -> body.startsWith("release "));
    }

    private String state() {
        return control.api().get("servers/" + server).text("state");
    }

    private static boolean answers(App app, String text) {
        try {
            return app.fetchText().equals(text);
        } catch (java.io.UncheckedIOException e) {
            return false;
        }
    }

    private static boolean connects(TestHost from, String address, String colonPort) {
        return from.program(
                                "timeout",
                                "3",
                                "bash",
                                "-c",
                                "exec 3<>/dev/tcp/" + address + "/" + colonPort.substring(1))
                        .attempt()
                        .exit()
                == 0;
    }

    /** Asks the shop again and again from its own host, which a cut cable does not keep away. */
    private record Visitor(TestHost host, Running asking) {
        record Count(int answered, int failed) {}

        static Visitor on(TestHost host, String url, Path root) throws IOException {
            Files.copy(root, host.file("/root/visitor.pem"), StandardCopyOption.REPLACE_EXISTING);
            Path log = Files.createTempFile("visitor", ".log");
            log.toFile().deleteOnExit();
            String name = URI.create(url).getHost();
            Running asking =
                    host.program(
                                    "sh",
                                    "-c",
                                    """
                                    answered=0; failed=0
                                    while [ ! -e /root/visitor.stop ]; do
                                      if curl -fsS --max-time 5 --cacert /root/visitor.pem \
                                        --resolve "$1:443:127.0.0.1" "https://$1/" | grep -q '^release '
                                      then answered=$((answered + 1)); else failed=$((failed + 1)); fi
                                    done
                                    echo "visits $answered $failed"
                                    """,
                                    "sh",
                                    name)
                            .start(log);
            return new Visitor(host, asking);
        }

        Count leave() throws IOException {
            Files.createFile(host.file("/root/visitor.stop"));
            Wait.until("the visitor to leave", Duration.ofSeconds(20), () -> !asking.alive());
            Files.delete(host.file("/root/visitor.stop"));
            Files.delete(host.file("/root/visitor.pem"));
            String last = asking.output().lines().toList().getLast();
            String[] words = last.split(" ");
            asking.close();
            return new Count(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
        }
    }

    /** What a careful administrator would look at for traces. */
    private String inventory() {
        return web.shell(
                """
                find /etc /opt /usr/local /home /var/lib -xdev \
                  -not -path '/var/lib/systemd*' -not -path '/var/lib/nginx*' -not -path '/var/lib/private*' \
                  -not -path '/etc/*-' -not -name .pwd.lock -not -name .updated | sort
                cut -d: -f1 /etc/passwd /etc/group
                nft list ruleset
                """);
    }
}
