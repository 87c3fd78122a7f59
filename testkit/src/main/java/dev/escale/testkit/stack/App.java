package dev.escale.testkit.stack;

import dev.escale.testkit.control.ControlProcess;
import dev.escale.testkit.control.Json;
import dev.escale.testkit.git.GitRepo;
import dev.escale.testkit.program.Wait;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One app of a story: its repository, its URL and its deployments. */
public final class App {
    private static final Duration DEPLOYED = Duration.ofSeconds(90);

    private final ControlProcess control;
    private final Json created;
    private final GitRepo repo;

    private App(ControlProcess control, Json created, GitRepo repo) {
        this.control = control;
        this.created = created;
        this.repo = repo;
    }

    /** An app with Escale's own Git endpoint, and an empty repository that pushes to it. */
    public static App create(ControlProcess control, String server, String name, Path folder) {
        Json created =
                control.api()
                        .post(
                                "apps",
                                Map.of(
                                        "name",
                                        name,
                                        "server",
                                        server,
                                        "source",
                                        Map.of("type", "escale"),
                                        "branch",
                                        "main"));
        GitRepo repo = GitRepo.empty(folder.resolve(name)).connect(control, created.text("gitUrl"));
        return new App(control, created, repo);
    }

    /** An app that was created through another door, and an empty repository that pushes to it. */
    public static App existing(ControlProcess control, String name, Path folder) {
        Json created = control.api().get("apps/" + name);
        GitRepo repo = GitRepo.empty(folder.resolve(name)).connect(control, created.text("gitUrl"));
        return new App(control, created, repo);
    }

    public String slug() {
        return created.text("slug");
    }

    public String id() {
        return created.text("id");
    }

    public String url() {
        return created.text("url");
    }

    public GitRepo repo() {
        return repo;
    }

    /** Commits what stands in the folder, pushes it and gives what git printed. */
    public String push(String subject) {
        repo.commit(subject);
        return repo.push();
    }

    /** Pushes a release that answers with this text and waits until it does. */
    public void goLive(String text) {
        SampleApp.answers(repo, text);
        push("Say " + text);
        awaitStatus("live");
    }

    /** The newest deployment. */
    public Json latest() {
        return deployments().getFirst();
    }

    /** All, newest first. */
    public List<Json> deployments() {
        return control.api().get("apps/" + id() + "/deployments").items().toList();
    }

    /** Waits until the newest deployment has one of these states and gives it with its steps. */
    public Json awaitStatus(String... states) {
        String id = latest().text("id");
        return await(id, states);
    }

    public Json await(String deployment, String... states) {
        List<String> wanted = Arrays.asList(states);
        return Wait.until(
                "deployment " + deployment + " to become " + wanted,
                DEPLOYED,
                () -> {
                    Json now = control.api().get("deployments/" + deployment);
                    String state = now.text("status");
                    if (wanted.contains(state)) {
                        return now;
                    }
                    if (List.of("failed", "cancelled", "rolledBack").contains(state)) {
                        throw new AssertionError(
                                "wanted "
                                        + wanted
                                        + ", but it is over: "
                                        + now
                                        + "\n"
                                        + log(deployment));
                    }
                    return null;
                });
    }

    /** Waits until the watch after the switch has ended too. */
    public Json awaitSettled() {
        String id = latest().text("id");
        return Wait.until(
                "deployment " + id + " to settle",
                DEPLOYED,
                () ->
                        Optional.of(control.api().get("deployments/" + id))
                                .filter(App::settled)
                                .orElse(null));
    }

    private static boolean settled(Json deployment) {
        return deployment.has("endedAt");
    }

    /** The deployment's log as text. */
    public String log(String deployment) {
        return control.api().send("GET", "deployments/" + deployment + "/log", null).body();
    }

    public Site fetch() {
        return Site.fetch(url(), control.root());
    }

    /**
     * @param path begins with a slash
     */
    public Site fetch(String path) {
        return Site.fetch(url() + path, control.root());
    }

    public Site post(String path, String body) {
        return Site.post(url() + path, control.root(), body);
    }

    public String fetchText() {
        return fetch().body();
    }
}
