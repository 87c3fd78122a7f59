package dev.escale.agent.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCommandTest {
    private static final String NODE = "/usr/bin/node";

    @TempDir Path app;

    @Test
    void namesTheInstalledNode() throws IOException {
        assertThat(command().arguments("node server.js --port 1"))
                .containsExactly(NODE, "server.js", "--port", "1");
    }

    @Test
    void passesVariablesThroughEnv() throws IOException {
        assertThat(command().arguments("cross-env NODE_ENV=production A='b c' node x.js"))
                .containsExactly("env", "NODE_ENV=production", "A=b c", NODE, "x.js");
    }

    @Test
    void callsAPackagesProgramWithoutNpmBetween() throws IOException {
        binary("next", "#!/usr/bin/env node\n");

        assertThat(command().arguments("next start"))
                .containsExactly(NODE, "node_modules/next/bin.js", "start");
        assertThat(command().arguments("npx next start"))
                .containsExactly(NODE, "node_modules/next/bin.js", "start");
    }

    @Test
    void callsAProgramThatIsNoneOfNodesAsItIs() throws IOException {
        binary("tool", "#!/bin/sh\n");

        assertThat(command().arguments("tool run"))
                .containsExactly(app.resolve("node_modules/.bin/tool").toString(), "run");
        assertThat(command().arguments("npx serve-it")).containsExactly("npx", "serve-it");
        assertThat(command().arguments("npm run start")).containsExactly("npm", "run", "start");
    }

    @Test
    void givesAShellToWhatTakesOneAndLetsItBecomeTheApp() throws IOException {
        String path =
                "PATH="
                        + app.resolve("node_modules/.bin")
                        + ":/usr/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

        assertThat(command().arguments("next start -p $PORT"))
                .containsExactly("env", path, "sh", "-c", "exec next start -p $PORT");
        assertThat(command().arguments("node migrate.js && node server.js"))
                .containsExactly("env", path, "sh", "-c", "node migrate.js && node server.js");
        assertThat(command().arguments("A=$B node x"))
                .containsExactly("env", path, "sh", "-c", "A=$B node x");
    }

    private StartCommand command() {
        return new StartCommand(app, app, NODE);
    }

    private void binary(String name, String content) throws IOException {
        Path program = app.resolve("node_modules/" + name + "/bin.js");
        Files.createDirectories(program.resolveSibling(""));
        Files.writeString(program, content);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Path link = app.resolve("node_modules/.bin/" + name);
        Files.createDirectories(link.resolveSibling(""));
        Files.createSymbolicLink(link, Path.of("../" + name + "/bin.js"));
    }
}
