package dev.escale.testkit.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
    @TempDir Path folder;

    @Test
    void failureCarriesTheLastWords() {
        assertThatThrownBy(() -> Program.of("sh", "-c", "echo no such ship >&2; exit 3").run())
                .isInstanceOf(ProgramFailed.class)
                .hasMessageContaining("ended with 3")
                .hasMessageContaining("no such ship");
    }

    @Test
    void programThatDoesNotEndIsKilledWithItsChildren() {
        String mark = "61.7" + ProcessHandle.current().pid();

        assertThatThrownBy(
                        () ->
                                Program.of("sh", "-c", "sleep " + mark + " & sleep " + mark)
                                        .within(Duration.ofMillis(300))
                                        .run())
                .hasMessageContaining("no end within");

        Wait.until("the children to end", Duration.ofSeconds(5), () -> none(mark));
    }

    @Test
    void backgroundProgramIsStoppedWithItsChildren() {
        String mark = "62.7" + ProcessHandle.current().pid();
        try (Running running =
                Program.of("sh", "-c", "sleep " + mark + " & sleep " + mark)
                        .start(folder.resolve("log"))) {
            Wait.until("it to run", Duration.ofSeconds(5), () -> !none(mark));
            assertThat(running.alive()).isTrue();
        }

        Wait.until("all to end", Duration.ofSeconds(5), () -> none(mark));
    }

    private static boolean none(String mark) {
        return ProcessHandle.allProcesses()
                .noneMatch(
                        p ->
                                p.info()
                                                .commandLine()
                                                .orElse("")
                                                .startsWith("/usr/bin/sleep " + mark)
                                        || p.info()
                                                .commandLine()
                                                .orElse("")
                                                .startsWith("sleep " + mark));
    }
}
