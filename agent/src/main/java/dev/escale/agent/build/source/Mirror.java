package dev.escale.agent.build.source;

import dev.escale.agent.host.FolderTree;
import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostResult;
import dev.escale.agent.host.HostShell;
import dev.escale.agent.release.BuildFailed;
import dev.escale.agent.secret.Masker;
import dev.escale.protocol.GitUrl;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.OutputLine;
import dev.escale.protocol.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The bare repository that keeps the commits of an app. A fetch brings single commits; one that
 * finds the mirror broken, say by a power cut, makes it anew.
 */
final class Mirror {
    private final HostShell shell;
    private final Path folder;
    private final GitCommands commands;
    private final GitEnvironment environment;
    private final Fetching fetching;
    private final PackParts parts;

    /**
     * What to fetch.
     *
     * @param kept ref under which the commit stays in the mirror
     * @param within time for one fetch
     * @param most bytes of one fetch
     */
    record Fetching(
            GitUrl url, Source source, String kept, Duration within, long most, Masker masker) {}

    Mirror(HostShell shell, Path folder, GitSettings settings, Fetching fetching) {
        this.shell = shell;
        this.folder = folder;
        this.commands = new GitCommands(folder);
        this.environment = new GitEnvironment(folder, settings);
        this.fetching = fetching;
        this.parts = new PackParts(folder.resolve("objects/pack"));
    }

    /** Afterwards the kept ref points to the commit. */
    void fetch() throws BuildFailed, InterruptedException, IOException {
        if (!Files.exists(folder.resolve("HEAD"))) {
            make();
        }
        close();
        parts.discard();
        String commit = fetching.source().commit();
        if (commit == null) {
            bring(commands.fetchNewest(address(), ref(), fetching.kept(), fetching.most()));
        } else if (!has(commit)) {
            bringCommit(commit);
        }
        if (commit != null) {
            local(commands.keep(commit, fetching.kept()));
        }
    }

    /** It holds the source of one app, which is no other app's to read. */
    private void close() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    HostResult local(List<String> arguments) throws InterruptedException {
        return shell.run(local(arguments, environment.local()));
    }

    HostCommand local(List<String> arguments, Map<String, String> variables) {
        return HostCommand.of(arguments).with(variables).within(fetching.within());
    }

    GitCommands commands() {
        return commands;
    }

    GitEnvironment environment() {
        return environment;
    }

    private void bringCommit(String commit) throws BuildFailed, InterruptedException, IOException {
        bring(commands.fetchNewest(address(), ref(), fetching.kept(), fetching.most()));
        if (has(commit)) {
            return;
        }
        HostResult direct =
                run(commands.fetchNewest(address(), commit, fetching.kept(), fetching.most()));
        if (!direct.succeeded()) {
            bring(commands.fetchHistory(address(), ref(), fetching.kept(), fetching.most()));
        }
        if (!has(commit)) {
            String said = fetching.masker().mask(GitComplaint.words(direct));
            throw failed(
                    Note.of(
                            Notes.SOURCE_COMMIT_GONE,
                            "commit",
                            commit,
                            "ref",
                            fetching.source().ref(),
                            "said",
                            said),
                    direct);
        }
    }

    private void bring(List<String> arguments)
            throws BuildFailed, InterruptedException, IOException {
        HostResult result = run(arguments);
        if (!result.succeeded() && GitComplaint.of(result) == GitComplaint.MIRROR_BROKEN) {
            FolderTree.delete(folder);
            make();
            result = run(arguments);
        }
        if (!result.succeeded()) {
            throw failed(reason(result), result);
        }
    }

    private void make() throws BuildFailed, InterruptedException, IOException {
        Files.createDirectories(folder);
        close();
        HostResult result = local(commands.init());
        if (!result.succeeded()) {
            throw failed(reason(result), result);
        }
    }

    private boolean has(String commit) throws InterruptedException {
        return local(commands.has(commit)).succeeded();
    }

    private HostResult run(List<String> arguments)
            throws BuildFailed, InterruptedException, IOException {
        try {
            HostResult result =
                    shell.run(
                            local(
                                    arguments,
                                    environment.fetching(fetching.url(), fetching.source())));
            if (!result.succeeded() && parts.largest() >= fetching.most()) {
                throw failed(tooLarge(), result);
            }
            return result;
        } finally {
            parts.discard();
        }
    }

    private Note tooLarge() {
        String limit = Long.toString(fetching.most() >> 20);
        return Note.of(Notes.SOURCE_FETCH_TOO_LARGE, "url", address(), "limit", limit);
    }

    Note reason(HostResult result) {
        if (result instanceof HostResult.TimedOut timedOut) {
            return Note.of(
                    Notes.SOURCE_TIMED_OUT,
                    "url",
                    address(),
                    "seconds",
                    Long.toString(timedOut.after().toSeconds()));
        }
        String said = fetching.masker().mask(GitComplaint.words(result));
        return GitComplaint.of(result).note(fetching.url(), fetching.source().ref(), said);
    }

    BuildFailed failed(Note reason, HostResult result) {
        return new BuildFailed(
                reason,
                result.err()
                        .lines()
                        .limit(50)
                        .map(line -> new OutputLine(0, "build", fetching.masker().mask(line)))
                        .toList());
    }

    private String address() {
        return fetching.url().address();
    }

    /** {@code HEAD} is the branch that the repository itself calls its own. */
    private String ref() {
        String ref = fetching.source().ref();
        return ref.startsWith("refs/") || ref.equals("HEAD") ? ref : "refs/heads/" + ref;
    }
}
