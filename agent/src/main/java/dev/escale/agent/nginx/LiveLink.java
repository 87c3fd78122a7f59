package dev.escale.agent.nginx;

import dev.escale.agent.host.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The switch of one app: {@code live/now} is a symbolic link to a folder named {@code
 * RELEASE-ROUTE}. Nginx resolves it at each request ({@code $realpath_root}) and takes release and
 * route from the name. Moving the link is one atomic step, needs no reload, and so neither closes
 * idle connections of clients nor leaves old workers behind for as long as a WebSocket lives.
 *
 * @param folder {@code live} of the app
 */
public record LiveLink(Path folder) {
    private static final Duration STAYS = Duration.ofSeconds(5);

    /** Where requests go. */
    public enum Route {
        A,
        B,
        /** To A; to B when A does not accept the connection. */
        AB,
        BA,
        /** To the files that {@code site} in the folder links to. */
        FILES,
        STOPPED;

        String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** What the link says. */
    public record Target(long release, Route route) {
        @Override
        public String toString() {
            return release + "-" + route.text();
        }
    }

    public Optional<Target> read() throws IOException {
        if (!Files.isSymbolicLink(now())) {
            return Optional.empty();
        }
        String[] parts = Files.readSymbolicLink(now()).getFileName().toString().split("-");
        var route = Route.valueOf(parts[1].toUpperCase(java.util.Locale.ROOT));
        return Optional.of(new Target(Long.parseLong(parts[0]), route));
    }

    /**
     * @param files for {@link Route#FILES} the folder to serve; for others the one that was served
     *     before, for workers of Nginx that know nothing of a change from files to a process
     */
    public void point(Target target, @Nullable Path files) throws IOException {
        Path place = folder.resolve(target.toString());
        Path before = folder.resolve(read().orElse(target).toString());
        Files.createDirectories(place);
        open(folder);
        open(place);
        if (files != null) {
            AtomicFile.link(place.resolve("site"), files);
        } else if (target.route() == Route.STOPPED) {
            Files.createDirectories(place.resolve("site"));
            open(place.resolve("site"));
        }
        AtomicFile.link(now(), place.getFileName());
        if (!before.equals(place) && Files.exists(before)) {
            Files.setLastModifiedTime(before, FileTime.from(Instant.now()));
        }
        forgetOthers(place, before);
    }

    /**
     * Puts files where a site of files will look, while requests still go to a process: so that the
     * change of the site itself leaves no moment without an answer.
     */
    public void lend(Path files) throws IOException {
        var target = read();
        if (target.isPresent() && target.get().route() != Route.STOPPED) {
            AtomicFile.link(folder.resolve(target.get().toString()).resolve("site"), files);
        }
    }

    private Path now() {
        return folder.resolve("now");
    }

    private static void open(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /**
     * Nginx reads the link and then looks at the folder behind it: gone in between, it would not
     * know where to go, and answer 502. A worker may sleep between the two, so a place stays for
     * some seconds after it was left; and the one before stays in any case, because the way back to
     * it must need no room on the disk.
     */
    private void forgetOthers(Path place, Path before) throws IOException {
        var recent = FileTime.from(Instant.now().minus(STAYS));
        try (var places = Files.newDirectoryStream(folder, "[0-9]*-*")) {
            for (Path other : places) {
                boolean used = other.equals(place) || other.equals(before);
                if (!used && Files.getLastModifiedTime(other).compareTo(recent) < 0) {
                    Files.deleteIfExists(other.resolve("site"));
                    Files.deleteIfExists(other);
                }
            }
        }
    }
}
