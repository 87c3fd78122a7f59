package dev.escale.testkit.control;

import dev.escale.testkit.Repository;
import dev.escale.testkit.program.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Maven has built, as the launcher lays it out: the programs that tests start. */
public final class Build {
    private static final Pattern FLAGS = Pattern.compile("(?m)^control_flags=\"(.+)\"$");
    private static final String JAR = "control-0.1.0-boot.jar";

    private Build() {}

    /** The agent's runtime image: a folder with {@code bin/escale-agent}. */
    public static Path agentImage() {
        return built(Repository.root().resolve("agent/target/agent-image"));
    }

    public static Path agentProgram() {
        return built(agentImage().resolve("bin/escale-agent"));
    }

    /** The image as servers download it. */
    public static Path agentArchive() {
        return built(Repository.root().resolve("agent/target/agent-image.tar.gz"));
    }

    /** The client's command line, ready for arguments. */
    public static List<String> client() {
        Path target = Repository.root().resolve("cli/target");
        return List.of(
                java(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                built(target.resolve("cli-0.1.0.jar")) + ":" + target.resolve("lib") + "/*",
                "dev.escale.cli.Main");
    }

    /** The folder to start the control plane in; unpacks its jar when that is another one. */
    public static Path controlFolder() {
        Path jar = built(Repository.root().resolve("control/target").resolve(JAR));
        Path folder = jar.resolveSibling("app");
        try (var channel =
                        FileChannel.open(
                                jar.resolveSibling("app.lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            // By content: a reproducible build gives each jar the same time.
            Path stamp = folder.resolve("unpacked-from");
            String now = Tokens.sha256(Files.readAllBytes(jar));
            if (!Files.exists(stamp) || !Files.readString(stamp).equals(now)) {
                unpack(jar, folder);
                Files.writeString(stamp, now);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The command that starts the control plane in {@link #controlFolder}, as the launcher does.
     */
    static List<String> controlCommand(ControlSettings settings) {
        List<String> command = controlJava();
        if (settings.onPostgresql()) {
            command.add("-XX:TieredStopAtLevel=4");
        }
        command.add(
                Files.exists(controlFolder().resolve("control.aot"))
                        ? "-XX:AOTCache=control.aot"
                        : "-Xshare:auto");
        command.add("-Descale.agent.image=" + agentArchive());
        command.addAll(List.of("-jar", JAR));
        return command;
    }

    private static void unpack(Path jar, Path folder) {
        Program.of("rm", "-rf", folder.toString()).run();
        Program.of(
                        java(),
                        "-Djarmode=tools",
                        "-jar",
                        jar.toString(),
                        "extract",
                        "--destination",
                        folder.toString())
                .run();
        trainCache(folder);
    }

    private static void trainCache(Path folder) {
        List<String> command = controlJava();
        command.addAll(
                List.of(
                        "-XX:AOTCacheOutput=control.aot",
                        "-Dspring.context.exit=onRefresh",
                        "-jar",
                        JAR));
        try {
            Path scratch = Files.createTempDirectory("escale-aot");
            Program.of(command)
                    .in(folder)
                    .with("ESCALE_HOME", scratch.toString())
                    .with("ESCALE_PORT", "0")
                    .within(Duration.ofMinutes(3))
                    .run();
            Program.of("rm", "-rf", scratch.toString()).run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> controlJava() {
        var command = new ArrayList<>(List.of(java()));
        try {
            Matcher flags = FLAGS.matcher(Files.readString(Repository.root().resolve("escale")));
            if (!flags.find()) {
                throw new IllegalStateException("the launcher has no line control_flags=");
            }
            command.addAll(List.of(flags.group(1).split(" ")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return command;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin/java").toString();
    }

    private static Path built(Path file) {
        if (!Files.exists(file)) {
            throw new IllegalStateException(file + " is not built: mvn -DskipTests package");
        }
        return file;
    }
}
