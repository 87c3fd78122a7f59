package dev.escale.agent.release;

import dev.escale.agent.host.AtomicFile;
import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostResult;
import dev.escale.agent.host.HostShell;
import dev.escale.agent.host.HostUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The releases of one app on disk: a folder each, and beside it {@code N.json} with its plan. The
 * folder belongs to the app's user; the plan does not, since root acts on it.
 */
record Releases(AppFolder folder, HostShell shell) {
    private static final Duration LONG = Duration.ofMinutes(10);

    /** An empty folder for the release, owned by the user who builds it. */
    void create(long number, @Nullable HostUser builder) throws IOException, InterruptedException {
        for (Path path : List.of(folder.root(), folder.releases())) {
            Files.createDirectories(path);
            mode(path, "rwx--x--x");
        }
        delete(number);
        Files.createDirectory(
                folder.release(number),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        give(folder.release(number), builder);
    }

    /**
     * Stores the plan, and hands the files to whom serves them: to nobody else, so that no other
     * app can read them.
     *
     * @param web group of Nginx's workers, where it is known
     */
    void complete(long number, ReleasePlan plan, @Nullable HostUser runtime, @Nullable String web)
            throws IOException, InterruptedException {
        Path release = folder.release(number);
        Path site = plan.documentRoot();
        if (plan.kind() == ReleasePlan.Kind.STATIC && site != null) {
            new SiteAccess(release, site, runtime, web).set();
        } else {
            mode(release, "rwxr-x---");
            handOver(release, runtime);
        }
        AtomicFile.write(plan(number), PlanFile.write(plan), "rw-------");
    }

    Optional<ReleasePlan> find(long number) throws IOException {
        try {
            return Files.isDirectory(folder.release(number))
                    ? Optional.of(PlanFile.read(Files.readString(plan(number))))
                    : Optional.empty();
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    /** The oldest go, until so many are left beside those that serve or are made. */
    void keep(int count, Set<Long> inUse) throws IOException, InterruptedException {
        var others = new ArrayList<>(numbers());
        others.removeAll(inUse);
        others.sort(Comparator.reverseOrder());
        for (int i = Math.max(0, count); i < others.size(); i++) {
            delete(others.get(i));
        }
    }

    /** rm does not follow a link that an app swaps in while it works; walking the tree would. */
    void delete(long number) throws IOException, InterruptedException {
        Files.deleteIfExists(plan(number));
        remove(folder.release(number));
    }

    void remove(Path path) throws IOException, InterruptedException {
        run(HostCommand.of("rm", "-rf", "--one-file-system", "--", path.toString()));
    }

    /**
     * But for what releases share, so that none of them may change it: installed packages, and
     * files with several names, of which one may lie in another release.
     */
    private void handOver(Path release, @Nullable HostUser runtime)
            throws IOException, InterruptedException {
        if (runtime != null) {
            String both = runtime.name() + ":" + runtime.name();
            run(
                    HostCommand.of(
                            "find",
                            release.toString(),
                            "-name",
                            "node_modules",
                            "-type",
                            "d",
                            "-prune",
                            "-o",
                            "(",
                            "!",
                            "-type",
                            "f",
                            "-o",
                            "-links",
                            "1",
                            ")",
                            "-exec",
                            "chown",
                            "-h",
                            both,
                            "{}",
                            "+"));
        }
    }

    /** What is his already, is so to the last file: chown gives the top last. */
    void give(Path path, @Nullable HostUser owner) throws IOException, InterruptedException {
        if (owner != null
                && !Files.getOwner(path, LinkOption.NOFOLLOW_LINKS)
                        .getName()
                        .equals(owner.name())) {
            String both = owner.name() + ":" + owner.name();
            run(HostCommand.of("chown", "-R", "-h", "-P", both, "--", path.toString()));
        }
    }

    static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private List<Long> numbers() throws IOException {
        try (var names = Files.newDirectoryStream(folder.releases(), Files::isDirectory)) {
            var numbers = new ArrayList<Long>();
            for (Path name : names) {
                if (name.getFileName().toString().matches("[0-9]{1,18}")) {
                    numbers.add(Long.valueOf(name.getFileName().toString()));
                }
            }
            return numbers;
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    private void run(HostCommand command) throws IOException, InterruptedException {
        HostResult result = shell.run(command.within(LONG));
        if (!result.succeeded()) {
            throw new IOException(command.arguments().getFirst() + ": " + result.summary());
        }
    }

    private Path plan(long number) {
        return folder.releases().resolve(number + ".json");
    }
}
