package dev.escale.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.testkit.Workplace;
import dev.escale.testkit.control.AgentProcess;
import dev.escale.testkit.control.Json;
import dev.escale.testkit.stack.App;
import dev.escale.testkit.stack.LocalStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Servers on which somebody else got in the way: each deployment says who, where and what to do.
 */
@ExtendWith(OnLocalStack.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class BrokenServerStory {

    @Test
    void brokenNginxFileOfSomebodyElseIsNamedAndWhatServesServesOn(LocalStack stack)
            throws IOException {
        App running = stack.app("running");
        running.goLive("release one");
        running.awaitSettled();
        Path theirs = stack.agent().home().resolve("nginx/sites/theirs.conf");
        Files.writeString(theirs, "server {\n  nonsense on;\n}\n");
        try {
            App late = stack.app("late");
            late.repo().write("index.html", "<!doctype html><title>Late</title>late");
            String printed = late.push("Come late");

            Json failed = late.awaitStatus("failed");
            assertThat(failed.text("reason")).contains("theirs.conf", "line 2");
            assertThat(printed).contains("theirs.conf");
            assertThat(running.fetchText()).isEqualTo("release one");

            running.goLive("release two");
            assertThat(running.fetchText()).as("a switch needs no reload").isEqualTo("release two");

            Files.delete(theirs);
            late.push("Come again");
            late.awaitStatus("live");
            assertThat(late.fetchText()).contains("late");
        } finally {
            Files.deleteIfExists(theirs);
        }
    }

    @Test
    void portOfNginxThatAnotherProgramHoldsIsNamedWithThatProgram(LocalStack stack)
            throws IOException {
        try (Workplace workplace = Workplace.fresh();
                var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                AgentProcess agent =
                        AgentProcess.start(
                                stack.control(),
                                "taken",
                                workplace.folder().resolve("agent"),
                                Map.of(
                                        "ESCALE_AGENT_HTTPS_PORT",
                                        Integer.toString(other.getLocalPort())))) {
            App app =
                    App.create(
                            stack.control(),
                            agent.server(),
                            "taken",
                            workplace.folder("repositories"));
            app.repo().write("index.html", "<!doctype html><title>Pier</title>pier one");
            app.push("Want the port");

            Json failed = app.awaitStatus("failed");
            assertThat(failed.text("reason")).contains("" + other.getLocalPort(), "java");

            other.close();
            app.push("Want it again");
            app.awaitStatus("live");
            assertThat(app.fetchText()).contains("pier one");
        }
    }
}
