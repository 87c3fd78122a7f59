package dev.escale.agent.build.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.escale.agent.host.FolderTree;
import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostResult;
import dev.escale.agent.host.HostShell;
import dev.escale.agent.release.AppFolder;
import dev.escale.agent.release.BuildFailed;
import dev.escale.agent.release.BuildRequest;
import dev.escale.agent.release.DeploymentReporter;
import dev.escale.agent.secret.Masker;
import dev.escale.protocol.AppSpec;
import dev.escale.protocol.GitUrl;
import dev.escale.protocol.Limits;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Order;
import dev.escale.protocol.Overrides;
import dev.escale.protocol.Source;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real git, over files and over TLS. */
class GitSourceTest {
    private static final String TOKEN = "est_0123456789abcdef";

    @TempDir Path folder;
    private final HostShell shell = new HostShell();
    private final List<String> lines = new ArrayList<>();
    private Path repository = Path.of("");
    private AppFolder app = new AppFolder(Path.of(""));
    private long release;
    private Limits limits = Limits.DEFAULT;

    @BeforeEach
    void makeRepository() throws Exception {
        repository = Files.createDirectory(folder.resolve("repository"));
        app = new AppFolder(folder.resolve("app"));
        Files.createDirectories(app.releases());
        git("init", "--quiet", "--initial-branch=main");
        Files.writeString(repository.resolve("café.txt"), "hello\n");
        Files.createDirectory(repository.resolve("bin"));
        Files.writeString(repository.resolve("bin/run"), "#!/bin/sh\n");
        assertThat(repository.resolve("bin/run").toFile().setExecutable(true)).isTrue();
        commit("The \"first\" one");
    }

    @Test
    void laysTheFilesOfTheBranchIntoTheRelease() throws Exception {
        Checkout checkout = fetch(file("main", null));

        assertThat(checkout.subject()).isEqualTo("The \"first\" one");
        assertThat(checkout.author()).isEqualTo("Ada");
        assertThat(checkout.warnings()).isEmpty();
        assertThat(app.release(1).resolve("café.txt")).hasContent("hello\n");
        assertThat(app.release(1).resolve("bin/run")).isExecutable();
        assertThat(app.release(1).resolve(".git")).doesNotExist();
        assertThat(app.root().resolve("checkout.index")).doesNotExist();
    }

    @Test
    void bringsAnOlderCommitOfTheBranchAndKeepsTheFirstRelease() throws Exception {
        String older = head();
        Files.writeString(repository.resolve("new.txt"), "");
        commit("Second");

        fetch(file("main", head()));
        Checkout second = fetch(file("refs/heads/main", older));

        assertThat(second.commit()).isEqualTo(older);
        assertThat(app.release(1).resolve("new.txt")).exists();
        assertThat(app.release(2).resolve("new.txt")).doesNotExist();
    }

    @Test
    void aCommitThatIsHereAlreadyNeedsNoServer() throws Exception {
        String commit = fetch(file("main", null)).commit();
        FolderTree.delete(repository);

        assertThat(fetch(file("main", commit)).commit()).isEqualTo(commit);
    }

    @Test
    void takesTheBranchThatTheRepositoryCallsItsOwnWhenNoneIsNamed() throws Exception {
        git("switch", "--quiet", "--create", "other");

        assertThat(fetch(file("HEAD", null)).commit()).isEqualTo(head());
    }

    @Test
    void namesTheBranchThatIsNotThere() {
        Note reason = refusal(file("harbour", null));

        assertThat(reason.code()).isEqualTo(Notes.SOURCE_REF_UNKNOWN);
        assertThat(reason.facts())
                .containsEntry("said", "fatal: couldn't find remote ref refs/heads/harbour");
    }

    @Test
    void namesTheCommitThatIsGone() {
        Note reason = refusal(file("main", "0123456789012345678901234567890123456789"));

        assertThat(reason.code()).isEqualTo(Notes.SOURCE_COMMIT_GONE);
        assertThat(reason.facts()).containsEntry("ref", "main").containsKey("said");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--upload-pack=x", "a b", "a..b", "a\nb", "", "x:y", "a/.lock/../b"})
    void refusesWhatIsNoBranchName(String ref) {
        assertThat(refusal(file(ref, null)).code()).isEqualTo(Notes.SOURCE_REF_REFUSED);
    }

    @Test
    void makesABrokenMirrorAnew() throws Exception {
        fetch(file("main", null));
        Files.writeString(app.mirror().resolve("config"), "[nonsense");
        Files.writeString(repository.resolve("more"), "");
        commit("More");

        assertThat(fetch(file("main", null)).subject()).isEqualTo("More");
    }

    @Test
    void refusesALinkThatLeavesTheRepositoryByDetours() throws Exception {
        Files.createDirectories(repository.resolve("a/b"));
        Files.createSymbolicLink(repository.resolve("a/b/top"), Path.of("../.."));
        Files.createSymbolicLink(repository.resolve("fine"), Path.of("a/b/top/café.txt"));
        Files.createSymbolicLink(repository.resolve("out"), Path.of("a/b/top/../secret"));
        commit("Links");

        assertThat(refusal(file("main", null)))
                .isEqualTo(
                        Note.of(
                                Notes.SOURCE_SYMLINK_ESCAPES,
                                "path",
                                "out",
                                "target",
                                "a/b/top/../secret"));
    }

    @Test
    void acceptsLinksThatStayInside() throws Exception {
        Files.createSymbolicLink(repository.resolve("fine"), Path.of("bin/../café.txt"));
        Files.createSymbolicLink(repository.resolve("circle"), Path.of("circle"));
        commit("Links");

        fetch(file("main", null));

        assertThat(app.release(1).resolve("fine")).hasContent("hello\n");
    }

    @Test
    void saysThatSubmodulesAndLargeFilesAreLeftOut() throws Exception {
        Files.writeString(repository.resolve(".gitattributes"), "*.bin filter=lfs\n");
        Files.writeString(
                repository.resolve("film.bin"),
                "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n");
        git("add", "--all");
        git("update-index", "--add", "--cacheinfo", "160000," + head() + ",vendor/part");
        git("commit", "--quiet", "--message=Parts");

        assertThat(fetch(file("main", null)).warnings())
                .containsExactly(
                        Note.of(Notes.SOURCE_SUBMODULES, "paths", "vendor/part"),
                        Note.of(Notes.SOURCE_LFS_POINTERS, "count", "1", "path", "film.bin"));
    }

    @Test
    void measuresTheTreeBeforeItIsWritten() throws Exception {
        limits = new Limits(60, 64, 1 << 20, 1, 60, 1);
        Files.write(repository.resolve("big"), new byte[2 << 20]);
        commit("Big");

        assertThat(refusal(file("main", null)))
                .isEqualTo(Note.of(Notes.SOURCE_TOO_LARGE, "megabytes", "2", "limit", "1"));
        assertThat(app.release(1)).isEmptyDirectory();
    }

    @Test
    void endsAFetchThatBringsTooMuchAndLeavesNothingOfIt() throws Exception {
        fetch(file("main", null));
        limits = new Limits(60, 64, 1 << 20, 1, 60, 1);
        Files.write(repository.resolve("big"), noise(1, 3 << 20));
        commit("Big");

        Note reason = refusal(file("main", null));

        assertThat(reason)
                .isEqualTo(
                        Note.of(
                                Notes.SOURCE_FETCH_TOO_LARGE,
                                "url",
                                "file://" + repository,
                                "limit",
                                "1"));
        assertThat(FolderTree.size(app.mirror())).isLessThan(100_000);
    }

    @Test
    void forgetsCommitsOfReleasesThatAreGone() throws Exception {
        for (int i = 1; i <= 30; i++) {
            Files.write(repository.resolve("film"), noise(i, 200_000));
            commit("Film " + i);
            fetch(file("main", null));
            if (i > 2) {
                FolderTree.delete(app.release(i - 2));
            }
        }

        HostResult refs =
                shell.run(
                        HostCommand.of(
                                "git",
                                "--git-dir=" + app.mirror(),
                                "for-each-ref",
                                "--format=%(refname)"));
        assertThat(refs.out().lines())
                .containsExactlyInAnyOrder(
                        "refs/escale/releases/28",
                        "refs/escale/releases/29",
                        "refs/escale/releases/30");
        assertThat(FolderTree.size(app.mirror())).isLessThan(20 * 200_000);
    }

    @Test
    void readsNoKeysSettingsOrPasswordsOfTheServersOwner() throws Exception {
        var settings = new GitSettings(null, null, false, Map.of());
        var url = GitUrl.of("https://example.org/a").orElseThrow();
        Map<String, String> variables =
                new GitEnvironment(app.mirror(), settings)
                        .fetching(url, new Source(url.address(), "main", null, null));

        HostResult seen =
                shell.run(
                        HostCommand.of("git", "config", "--list", "--show-scope").with(variables));

        assertThat(seen.out().lines()).isNotEmpty().allMatch(line -> line.startsWith("command"));
        assertThat(variables)
                .containsEntry("HOME", "/nonexistent")
                .containsEntry("GIT_ALLOW_PROTOCOL", "https:git");
        HostResult ssh =
                shell.run(
                        HostCommand.of("git", "ls-remote", "ssh://git@localhost/a")
                                .with(variables));
        assertThat(ssh.err()).contains("transport 'ssh' not allowed");
    }

    @Test
    void fetchesOverTlsWithTheTokenAndThePinnedAuthority() throws Exception {
        try (var server = new GitServer(folder, folder, TOKEN)) {
            var settings = new GitSettings(server.url(), server.certificate, false, Map.of());

            Checkout checkout = fetch(https(server, TOKEN), settings);

            assertThat(checkout.commit()).isEqualTo(head());
            assertThat(String.join("\n", lines)).contains(server.url()).doesNotContain(TOKEN);
        }
    }

    @Test
    void showsInGitsWordsThatTheTokenIsRefused() throws Exception {
        try (var server = new GitServer(folder, folder, TOKEN)) {
            var settings = new GitSettings(server.url(), server.certificate, false, Map.of());

            Note reason = refusal(https(server, "est_wrong"), settings);

            assertThat(reason.code()).isEqualTo(Notes.SOURCE_AUTH_REFUSED);
            assertThat(reason.facts().get("said")).contains("terminal prompts disabled");
        }
    }

    @Test
    void trustsNoOtherAuthority() throws Exception {
        try (var server = new GitServer(folder, folder, TOKEN)) {
            var settings = new GitSettings(null, null, false, Map.of());

            assertThat(refusal(https(server, TOKEN), settings).code())
                    .isEqualTo(Notes.SOURCE_CERTIFICATE_REFUSED);
        }
    }

    @Test
    void namesAHostThatDoesNotExistAndAServerThatIsDown() throws Exception {
        var settings = new GitSettings(null, null, false, Map.of());
        String down;
        try (var server = new GitServer(folder, folder, TOKEN)) {
            down = server.url();
        }

        assertThat(refusal(new Source("https://no.invalid/x", "main", null, null), settings).code())
                .isEqualTo(Notes.SOURCE_HOST_UNKNOWN);
        assertThat(refusal(new Source(down + "/x", "main", null, null), settings).code())
                .isEqualTo(Notes.SOURCE_UNREACHABLE);
    }

    private Checkout fetch(Source source) throws BuildFailed, InterruptedException, IOException {
        return fetch(source, new GitSettings(null, null, true, Map.of()));
    }

    private Checkout fetch(Source source, GitSettings settings)
            throws BuildFailed, InterruptedException, IOException {
        Files.createDirectory(app.release(++release));
        var order =
                new Order.Deploy(
                        "dep_1",
                        new AppSpec("app_x", "x", List.of()),
                        release,
                        source,
                        Overrides.NONE,
                        Map.of(),
                        limits);
        return new GitSource(shell, settings)
                .checkout(
                        new BuildRequest(order, app, null, null),
                        new Masker(GitSource.secrets(source).toList()),
                        reporter());
    }

    private Note refusal(Source source) {
        return refusal(source, new GitSettings(null, null, true, Map.of()));
    }

    private Note refusal(Source source, GitSettings settings) {
        return catchThrowableOfType(BuildFailed.class, () -> fetch(source, settings)).reason();
    }

    private Source file(String ref, @Nullable String commit) {
        return new Source("file://" + repository, ref, commit, null);
    }

    private static Source https(GitServer server, String token) {
        return new Source(server.url() + "/repository/.git", "main", null, token);
    }

    /** Only lines are told by a checkout. */
    private DeploymentReporter reporter() {
        return (DeploymentReporter)
                Proxy.newProxyInstance(
                        DeploymentReporter.class.getClassLoader(),
                        new Class<?>[] {DeploymentReporter.class},
                        (_, _, arguments) -> {
                            lines.add(arguments[1].toString());
                            return null;
                        });
    }

    private static byte[] noise(int seed, int bytes) {
        var noise = new byte[bytes];
        new Random(seed).nextBytes(noise);
        return noise;
    }

    private void commit(String message) throws InterruptedException {
        git("add", "--all");
        git("commit", "--quiet", "--message=" + message);
    }

    private String head() throws InterruptedException {
        return git("rev-parse", "HEAD").out().strip();
    }

    private HostResult git(String... arguments) throws InterruptedException {
        var all =
                new ArrayList<>(
                        List.of("git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org"));
        all.addAll(List.of(arguments));
        HostResult result =
                shell.run(
                        HostCommand.of(all)
                                .in(repository)
                                .with(Map.of("GIT_CONFIG_GLOBAL", "/dev/null")));
        assertThat(result.succeeded()).as(result.err()).isTrue();
        return result;
    }
}
