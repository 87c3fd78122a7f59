package dev.escale.agent.build.source;

import dev.escale.agent.host.HostResult;
import dev.escale.agent.host.HostShell;
import dev.escale.agent.release.BuildFailed;
import dev.escale.agent.release.BuildRequest;
import dev.escale.agent.release.DeploymentReporter;
import dev.escale.agent.secret.Masker;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Fetches the commit of a deployment and lays its files into the release's folder. */
public final class GitSource {
    private static final Pattern REF =
            Pattern.compile("(?!-)(?!.*(\\.\\.|//|@\\{|\\.lock(/|$)))[^\\p{Cntrl} ~^:?*\\[\\\\]+");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern LOGIN = Pattern.compile("^https://([^/@]+)@");
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final long SPARE = 64L << 20;

    private final HostShell shell;
    private final GitSettings settings;

    public GitSource(HostShell shell, GitSettings settings) {
        this.shell = shell;
        this.settings = settings;
    }

    public Checkout checkout(BuildRequest request, Masker masker, DeploymentReporter reporter)
            throws BuildFailed, InterruptedException, IOException {
        Mirror.Fetching fetching = fetching(request, masker);
        reporter.line("escale", "$ git fetch " + fetching.url() + " " + fetching.source().ref());
        var mirror =
                new Mirror(shell, request.folder().mirror().toAbsolutePath(), settings, fetching);
        mirror.fetch();
        new KeptCommits(mirror, request.folder()).forgetOthers();
        String[] description = describe(mirror, fetching.kept());
        String commit = description[0];
        TreeListing listing = list(mirror, commit);
        refuseTooLarge(listing, request);
        writeFiles(mirror, commit, request);
        return new Checkout(
                commit,
                masker.mask(description.length > 2 ? description[2] : ""),
                description.length > 1 ? description[1] : "",
                inspect(listing, release(request)));
    }

    /** What of a source must not be shown: its token, or the password in its address. */
    public static Stream<String> secrets(Source source) {
        var secrets = new ArrayList<String>();
        if (source.token() != null) {
            secrets.add(source.token());
            secrets.add("escale:" + source.token());
        }
        Matcher login = LOGIN.matcher(source.url());
        if (login.find()) {
            secrets.add(login.group(1));
            secrets.add(login.group(1).substring(login.group(1).indexOf(':') + 1));
        }
        return secrets.stream();
    }

    private Mirror.Fetching fetching(BuildRequest request, Masker masker) throws BuildFailed {
        Source source = request.order().source();
        if (!REF.matcher(source.ref()).matches()
                || source.commit() != null && !COMMIT.matcher(source.commit()).matches()) {
            throw new BuildFailed(
                    Note.of(
                            Notes.SOURCE_REF_REFUSED,
                            "ref",
                            source.ref().replaceAll("\\p{Cntrl}", "�")),
                    List.of());
        }
        var total = Duration.ofSeconds(request.order().limits().totalSeconds());
        return new Mirror.Fetching(
                SourceUrl.of(source.url(), settings.fileUrls()),
                source,
                GitCommands.KEPT + request.order().release(),
                total.compareTo(LONGEST) < 0 ? total : LONGEST,
                (long) request.order().limits().checkoutMegabytes() << 20,
                masker);
    }

    private static String[] describe(Mirror mirror, String kept)
            throws BuildFailed, InterruptedException {
        HostResult result = mirror.local(mirror.commands().describe(kept));
        refuseFailed(mirror, result);
        return result.out().split("\n", 4);
    }

    private TreeListing list(Mirror mirror, String commit)
            throws BuildFailed, InterruptedException {
        var listing = new TreeListing();
        HostResult result =
                shell.run(
                        mirror.local(mirror.commands().list(commit), mirror.environment().local())
                                .keeping(4096),
                        listing);
        refuseFailed(mirror, result);
        return listing;
    }

    private static void refuseTooLarge(TreeListing listing, BuildRequest request)
            throws BuildFailed, IOException {
        long limit = request.order().limits().checkoutMegabytes();
        long megabytes = listing.bytes() >> 20;
        if (megabytes >= limit) {
            throw new BuildFailed(
                    Note.of(
                            Notes.SOURCE_TOO_LARGE,
                            "megabytes",
                            Long.toString(megabytes),
                            "limit",
                            Long.toString(limit)),
                    List.of());
        }
        Path folder = request.folder().releases();
        if (folder.toFile().getUsableSpace() < listing.bytes() + SPARE) {
            throw new BuildFailed(Note.of(Notes.DISK_FULL, "path", folder.toString()), List.of());
        }
    }

    /** The index is needed only while git writes. */
    private void writeFiles(Mirror mirror, String commit, BuildRequest request)
            throws BuildFailed, InterruptedException, IOException {
        Path index = request.folder().mirror().toAbsolutePath().resolve("checkout.index");
        Files.deleteIfExists(index);
        try {
            HostResult result =
                    shell.run(
                            mirror.local(
                                    mirror.commands().checkout(commit, release(request)),
                                    mirror.environment().withIndex(index)));
            refuseFailed(mirror, result);
        } finally {
            Files.deleteIfExists(index);
            Files.deleteIfExists(index.resolveSibling("checkout.index.lock"));
        }
    }

    private static List<Note> inspect(TreeListing listing, Path release)
            throws BuildFailed, IOException {
        var warnings = new ArrayList<Note>();
        if (listing.symbolicLinks()) {
            refuseLeavingLink(release);
        }
        if (!listing.submodules().isEmpty()) {
            warnings.add(
                    Note.of(
                            Notes.SOURCE_SUBMODULES,
                            "paths",
                            String.join(", ", listing.submodules())));
        }
        if (listing.attributes()) {
            LfsPointers pointers = LfsPointers.in(release);
            Path first = pointers.first();
            if (first != null) {
                warnings.add(
                        Note.of(
                                Notes.SOURCE_LFS_POINTERS,
                                "count",
                                Integer.toString(pointers.count()),
                                "path",
                                release.relativize(first).toString()));
            }
        }
        return warnings;
    }

    private static void refuseLeavingLink(Path release) throws BuildFailed, IOException {
        var link = SymbolicLinks.leaving(release, release);
        if (link.isPresent()) {
            throw new BuildFailed(
                    Note.of(
                            Notes.SOURCE_SYMLINK_ESCAPES,
                            "path",
                            release.relativize(link.get()).toString(),
                            "target",
                            Files.readSymbolicLink(link.get()).toString()),
                    List.of());
        }
    }

    private static void refuseFailed(Mirror mirror, HostResult result) throws BuildFailed {
        if (!result.succeeded()) {
            throw mirror.failed(mirror.reason(result), result);
        }
    }

    private static Path release(BuildRequest request) {
        return request.folder().release(request.order().release()).toAbsolutePath();
    }
}
