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
    private static final List<Path> FOLDERS =
            List.of(
                    Path.of("/usr/local/sbin"),
                    Path.of("/usr/local/bin"),
                    Path.of("/usr/sbin"),
                    Path.of("/usr/bin"),
                    Path.of("/sbin"),
                    Path.of("/bin"));

    private final HostShell shell;

    Programs(HostShell shell) {
        this.shell = shell;
    }

    /**
     * @return such as {@code 20.19.2}; null when the program is not there or does not tell
     */
    @Nullable String version(String program, String argument) throws InterruptedException {
        if (find(program).isEmpty()) {
            return null;
        }
        HostResult result =
                shell.run(HostCommand.of(program, argument).within(Duration.ofSeconds(10)));
        return result.succeeded() ? first(result.out() + "\n" + result.err()) : null;
    }

    static Optional<Path> find(String program) {
        return FOLDERS.stream()
                .map(f -> f.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static @Nullable String first(String text) {
        Matcher version = VERSION.matcher(text);
        return version.find() ? version.group() : null;
    }
}
