package dev.escale.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.escale.testkit.Workplace;
import dev.escale.testkit.browser.Chromium;
import dev.escale.testkit.browser.Visit;
import dev.escale.testkit.git.GitRepo;
import dev.escale.testkit.program.Program;
import dev.escale.testkit.program.Running;
import dev.escale.testkit.program.Wait;
import dev.escale.testkit.stack.App;
import dev.escale.testkit.stack.Dashboard;
import dev.escale.testkit.stack.LocalStack;
import dev.escale.testkit.stack.SampleApp;
import dev.escale.testkit.stack.Site;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A person with the launcher, git and a browser, after {@code escale login} and nothing else. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ClientStory {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Workplace workplace = Workplace.fresh();
    private LocalStack stack;
    private Path launcher;

    @BeforeEach
    void login() {
        stack = LocalStack.onSqlite(); // of its own, because its sign-in link works once
        launcher = Launcher.copyIn(workplace);
        escale("login", stack.control().url(), "--ca-sha256", stack.control().fingerprint())
                .with("ESCALE_TOKEN", stack.control().token())
                .run();
    }

    @AfterEach
    void end() {
        stack.close();
        workplace.close();
    }

    @Test
    void gitPushNeedsNothingButTheLogin() {
        String name = "plain-" + System.nanoTime() % 100_000;
        escale("apps", "create", name, "--server", stack.agent().server()).run();
        GitRepo repo = GitRepo.empty(workplace.folder("repo"));
        SampleApp.answers(repo, "release one");
        repo.commit("Say one");
        String gitUrl = stack.control().api().get("apps/" + name).text("gitUrl");

        git(repo, "remote", "add", "escale", gitUrl).run();
        String printed = git(repo, "push", "escale", "main").run();

        assertThat(printed).contains("Live: https://" + name);
        assertThat(fetch(name).body()).isEqualTo("release one");
    }

    @Test
    void anyGitRepositoryIsDeployedByCommandRestAndPage() throws Exception {
        GitRepo repo = GitRepo.empty(workplace.folder("served/site"));
        SampleApp.answers(repo, "release one");
        repo.commit("Say one");
        String name = "fetched-" + System.nanoTime() % 100_000;
        try (GitDaemon daemon = GitDaemon.serve(workplace.folder("served"), workplace.folder())) {
            escale(
                            "apps",
                            "create",
                            name,
                            "--server",
                            stack.agent().server(),
                            "--git",
                            daemon.url("site"))
                    .run();

            assertThat(escale("deploy", name).run()).contains("Live: https://" + name);
            assertThat(fetch(name).body()).isEqualTo("release one");

            SampleApp.answers(repo, "release two");
            String commit = repo.commit("Say two");
            stack.control().api().post("apps/" + name + "/deployments", Map.of());
            awaitBody(name, "release two");
            assertThat(newest(name)).contains(commit);

            SampleApp.answers(repo, "release three");
            repo.commit("Say three");
            try (Chromium chromium = Chromium.trusting(stack.control().root());
                    Visit visit = chromium.visit("en", ColorScheme.DARK)) {
                Page page = visit.page();
                Dashboard.signIn(page, stack.control());
                page.navigate(Dashboard.team(stack.control()) + "/apps/" + name);
                page.getByRole(
                                AriaRole.BUTTON,
                                new Page.GetByRoleOptions().setName("Deploy").setExact(true))
                        .click();
                awaitBody(name, "release three");
                assertThat(visit.complaints()).isEmpty();
            }
        }
        Program.Ended away = escale("deploy", name, "--force").attempt();
        assertThat(away.exit()).isEqualTo(1);
        assertThat(away.output()).contains("git");
        assertThat(fetch(name).body()).isEqualTo("release three");
    }

    @Test
    void whatAnAppPrintsIsSeenOnItsPageAndInTheTerminalWhileItPrints() {
        App app = stack.app("talks");
        SampleApp.program(
                app.repo(),
                """
                require('node:http').createServer((request, response) => {
                  if (request.url.startsWith('/say/')) console.log('heard ' + request.url.slice(5));
                  if (request.url.startsWith('/cry/')) console.error('cried ' + request.url.slice(5));
                  response.end('ok\\n');
                }).listen(process.env.PORT, process.env.HOST);
                """);
        app.push("Talk");
        app.awaitStatus("live");
        try (Chromium chromium = Chromium.trusting(stack.control().root());
                Visit visit = chromium.visit("en", ColorScheme.LIGHT);
                Running terminal =
                        escale("logs", "-f", app.slug())
                                .start(workplace.folder().resolve("logs.txt"))) {
            Dashboard.signIn(visit.page(), stack.control());
            visit.page().navigate(Dashboard.app(stack.control(), app) + "/output");
            assertThat(visit.page().locator("#output")).isVisible();

            app.fetch("/say/ahoy");
            app.fetch("/cry/mayday");

            assertThat(visit.page().getByText("heard ahoy").first()).isVisible();
            assertThat(visit.page().getByText("cried mayday").first()).isVisible();
            Wait.until(
                    "both lines in the terminal",
                    PATIENCE,
                    () ->
                            terminal.output().contains("heard ahoy")
                                    && terminal.output().contains("cried mayday"));
            assertThat(terminal.alive()).isTrue();
        }
    }

    private Site fetch(String name) {
        return Site.fetch(
                stack.control().api().get("apps/" + name).text("url"), stack.control().root());
    }

    private void awaitBody(String name, String text) {
        Wait.until(text, PATIENCE, () -> fetch(name).body().equals(text));
    }

    private String newest(String name) {
        return stack.control()
                .api()
                .get("apps/" + name + "/deployments")
                .items()
                .findFirst()
                .orElseThrow()
                .toString();
    }

    private Program escale(String... words) {
        var command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(words));
        return Program.of(command)
                .withCleanEnvironment()
                .with("JAVA_HOME", System.getProperty("java.home"))
                .with("HOME", workplace.folder("home").toString())
                .with("LC_ALL", "C.UTF-8");
    }

    /** With the person's own settings, and no others. */
    private Program git(GitRepo repo, String... words) {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        return Program.of(command)
                .in(repo.folder())
                .withCleanEnvironment()
                .with("HOME", workplace.folder("home").toString())
                .with("GIT_TERMINAL_PROMPT", "0")
                .with("LC_ALL", "C.UTF-8");
    }

    /** Somebody else's Git server: no control plane and no token in it. */
    private record GitDaemon(Running daemon, int port) implements AutoCloseable {
        static GitDaemon serve(Path folder, Path logs) throws IOException {
            int port;
            try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            Running daemon =
                    Program.of(
                                    "git",
                                    "daemon",
                                    "--reuseaddr",
                                    "--export-all",
                                    "--base-path=" + folder,
                                    "--listen=127.0.0.1",
                                    "--port=" + port)
                            .start(logs.resolve("git-daemon.log"));
            Wait.until("the Git server", PATIENCE, () -> listens(port));
            return new GitDaemon(daemon, port);
        }

        private static boolean listens(int port) {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return true;
            } catch (IOException notYet) {
                return false;
            }
        }

        String url(String repository) {
            return "git://127.0.0.1:" + port + "/" + repository + "/.git";
        }

        @Override
        public void close() {
            daemon.close();
        }
    }
}
