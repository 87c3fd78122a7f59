package dev.escale.agent.build;

import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostResult;
import dev.escale.agent.host.HostShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Node.js that is installed; asked again only when its file has changed. */
final class NodeProgram {
    private static final List<Path> PLACES =
            List.of(
                    Path.of("/usr/local/bin/node"),
                    Path.of("/usr/bin/node"),
                    Path.of("/usr/bin/nodejs"));

    private final HostShell shell;
    private @Nullable Found found;

    /**
     * @param version such as {@code 20.19.2}
     */
    record Found(Path executable, String version, FileTime modified) {}

    NodeProgram(HostShell shell) {
        this.shell = shell;
    }

    /** Null when there is none that runs. */
    synchronized @Nullable Found find() throws InterruptedException, IOException {
        for (Path place : PLACES) {
            if (Files.isExecutable(place)) {
                FileTime modified = Files.getLastModifiedTime(place);
                if (found == null
                        || !found.executable().equals(place)
                        || !found.modified().equals(modified)) {
                    found = ask(place, modified);
                }
                return found;
            }
        }
        return null;
    }

    private @Nullable Found ask(Path place, FileTime modified) throws InterruptedException {
        HostResult result =
                shell.run(
                        HostCommand.of(place.toString(), "--version")
                                .within(Duration.ofSeconds(20)));
        String version = result.out().strip().replaceFirst("^v", "");
        return result.succeeded() && !version.isEmpty()
                ? new Found(place, version, modified)
                : null;
    }
}
