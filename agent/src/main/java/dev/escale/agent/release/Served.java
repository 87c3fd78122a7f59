package dev.escale.agent.release;

import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostShell;
import dev.escale.agent.host.HostUser;
import dev.escale.agent.host.OpenFolder;
import dev.escale.protocol.Finding;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The release whose process serves while the next one is made: what it has written goes with it,
 * unless it lies in a folder that is shared.
 *
 * @param user whom it runs as; null when the agent is not root
 * @param directory where it runs, in its folder
 */
public record Served(
        HostShell shell, @Nullable HostUser user, AppFolder folder, long release, Path directory) {
    private static final System.Logger LOG = System.getLogger(Served.class.getName());

    /** Enough for some 100,000 files. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int SHOWN = 3;

    /** What is made anew, or what nobody misses. */
    private static final List<String> FLEETING =
            List.of(
                    "node_modules",
                    ".git",
                    ".cache",
                    "cache",
                    "tmp",
                    "temp",
                    "log",
                    "logs",
                    ".next",
                    ".nuxt");

    static @Nullable Served of(AppDesk desk) throws IOException, InterruptedException {
        Instance serving = desk.state().serving();
        if (serving == null || !serving.hasProcess()) {
            return null;
        }
        ReleasePlan plan = desk.releases().find(serving.release()).orElse(null);
        ServingHost host = desk.host();
        HostUser user = host.users().runtime(desk.state().spec().id()).orElse(null);
        return plan == null
                ? null
                : new Served(
                        host.shell(), user, desk.folder(), serving.release(), plan.directory());
    }

    /**
     * Warnings for who deploys the next release.
     *
     * @param shared what that one shares
     */
    public List<Finding> findings(List<String> shared) throws IOException, InterruptedException {
        var findings = new ArrayList<Finding>();
        var places = new ArrayList<Path>();
        for (String text : shared) {
            Path path = Path.of(text).normalize();
            if (SharedPaths.leadsOut(path)) {
                continue;
            }
            places.add(top().relativize(directory.resolve(path)));
            if (!Files.exists(folder.shared().resolve(SharedPaths.flat(path))) && holds(path)) {
                findings.add(Finding.warning(takenOver(path), "escale.yaml"));
            }
        }
        leftBehind(places).ifPresent(note -> findings.add(Finding.warning(note, "default")));
        return findings;
    }

    /**
     * Makes a folder of this release the shared one, and puts a link in its place: the app that
     * runs meanwhile loses nothing, and goes on in the same files.
     *
     * @param kept where it will be
     * @return whether there was such a folder
     */
    boolean handOver(Path path, Path kept) throws IOException {
        Path link = folder.root().resolve(".shared-link");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, kept);
        try (var owner = parent(path);
                var root = OpenFolder.of(folder.root());
                var shared = OpenFolder.of(folder.shared())) {
            Path name = path.getFileName();
            if (owner == null || !owner.holdsFolder(name)) {
                return false;
            }
            owner.move(name, shared, kept.getFileName());
            root.move(link.getFileName(), owner, name);
            return true;
        } finally {
            Files.deleteIfExists(link);
        }
    }

    private boolean holds(Path path) throws IOException {
        try (var owner = parent(path)) {
            return owner != null && owner.holdsFolder(path.getFileName());
        }
    }

    private @Nullable OpenFolder parent(Path path) throws IOException {
        OpenFolder at = OpenFolder.of(top());
        Path inside = top().relativize(directory.resolve(path));
        for (int depth = 0; depth < inside.getNameCount() - 1; depth++) {
            try (var above = at) {
                if (!above.holdsFolder(inside.getName(depth))) {
                    return null;
                }
                at = above.open(inside.getName(depth));
            }
        }
        return at;
    }

    /** Files that came, or changed, after the release was complete. */
    private Optional<Note> leftBehind(List<Path> shared) throws InterruptedException {
        var result = shell.run(look().as(user).niced(10).within(PATIENCE));
        if (!result.succeeded()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "cannot tell what {0} has written: {1}",
                    top(),
                    result.summary());
        }
        List<String> files =
                result.out()
                        .lines()
                        .filter(file -> shared.stream().noneMatch(Path.of(file)::startsWith))
                        .sorted()
                        .toList();
        return files.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Note.of(
                                Notes.FILES_LEFT_BEHIND,
                                "release",
                                Long.toString(release),
                                "count",
                                Integer.toString(files.size()),
                                "files",
                                String.join(", ", files.stream().limit(SHOWN).toList())));
    }

    private HostCommand look() {
        var arguments = new ArrayList<>(List.of("find", top().toString(), "-xdev"));
        arguments.addAll(List.of("-type", "d", "("));
        for (String name : FLEETING) {
            arguments.addAll(List.of("-name", name, "-o"));
        }
        arguments.addAll(List.of("-false", ")", "-prune", "-o", "-type", "f"));
        arguments.addAll(
                List.of("-newer", folder.releases().resolve(release + ".json").toString()));
        arguments.addAll(List.of("!", "-name", "*.log", "!", "-name", "*.pid"));
        arguments.addAll(List.of("-printf", "%P\\n"));
        return HostCommand.of(arguments);
    }

    private Path top() {
        return folder.release(release).toAbsolutePath();
    }

    private Note takenOver(Path path) {
        return Note.of(
                Notes.SHARED_TAKEN_OVER,
                "path",
                path.toString(),
                "release",
                Long.toString(release));
    }
}
