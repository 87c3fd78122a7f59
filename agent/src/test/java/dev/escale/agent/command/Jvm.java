package dev.escale.agent.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM with our class path, to be ended by {@code kill -9}. */
public record Jvm(Process process) implements AutoCloseable {
    public static Jvm run(Class<?> main, Path home) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-Xshare:auto",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName(),
                                home.toString()));
        var builder = new ProcessBuilder(command);
        builder.redirectError(home.resolve("stderr.log").toFile());
        return new Jvm(builder.start());
    }

    /** SIGKILL: nothing of it runs on. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
