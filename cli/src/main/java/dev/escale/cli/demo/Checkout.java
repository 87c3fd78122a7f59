package dev.escale.cli.demo;

import dev.escale.cli.Refusal;
import dev.escale.cli.Words;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the launcher built and where it lies. */
record Checkout(Path root, Path java, Path controlApp, List<String> controlFlags, Path agentImage) {

    static Checkout fromLauncher() {
        return new Checkout(
                path("escale.root"),
                path("escale.java"),
                path("escale.control.app"),
                List.of(text("escale.control.flags").split(" ")),
                path("escale.agent.image"));
    }

    Path controlJar() {
        return controlApp.resolve("control-0.1.0-boot.jar");
    }

    Path agentProgram() {
        return agentImage.resolve("bin/escale-agent");
    }

    Path example(String name) {
        return root.resolve("examples").resolve(name);
    }

    private static Path path(String property) {
        Path path = Path.of(text(property));
        if (!Files.exists(path)) {
            throw new Refusal(Words.say("demo.notBuilt", path));
        }
        return path;
    }

    private static String text(String property) {
        @Nullable String value = System.getProperty(property);
        if (value == null) {
            throw new Refusal(Words.say("demo.notBuilt", property));
        }
        return value;
    }
}
