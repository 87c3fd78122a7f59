package dev.escale.agent.detect;

import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostResult;
import dev.escale.agent.host.HostShell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks programs for their version. */
final class Programs {
    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+[-+~.\\w]*");
    private static final List<String> FOLDERS =
            List.of("usr/local/sbin", "usr/local/bin", "usr/sbin", "usr/bin", "sbin", "bin");

    private final HostShell shell;

    Programs(HostShell shell) {
        this.shell = shell;
    }

    /**
     * @return such as {@code 20.19.2}; null when the program is not there or does not tell
     */
    @Nullable String version(String program, String argument) throws InterruptedException {
        if (find(Path.of("/"), program).isEmpty()) {
            return null;
        }
        HostResult result =
                shell.run(HostCommand.of(program, argument).within(Duration.ofSeconds(10)));
        return result.succeeded() ? first(result.out() + "\n" + result.err()) : null;
    }

    /**
     * @param root of the host's files
     */
    static Optional<Path> find(Path root, String program) {
        return FOLDERS.stream()
                .map(folder -> root.resolve(folder).resolve(program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    static @Nullable String first(String text) {
        Matcher version = VERSION.matcher(text);
        return version.find() ? version.group() : null;
    }
}
