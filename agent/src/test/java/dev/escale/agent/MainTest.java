package dev.escale.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.agent.control.FakeControl;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class MainTest {
    @TempDir Path home;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void explainsItself() {
        assertThat(run(Map.of(), "--help")).isZero();
        assertThat(out.toString(UTF_8)).contains("join --url URL --ca-sha256 HEX");
        assertThat(run(Map.of(), "--version")).isZero();
    }

    @Test
    void exitsTwoWhenItIsUsedWrongly() {
        assertThat(run(Map.of(), "jion")).isEqualTo(2);
        assertThat(run(Map.of(), "join", "--url")).isEqualTo(2);
        assertThat(run(Map.of(), "join", "--url", "http://x", "--ca-sha256", "00")).isEqualTo(2);
        assertThat(run(Map.of(), "run", "fast")).isEqualTo(2);
        assertThat(run(Map.of("ESCALE_AGENT_PORTS", "many"), "facts")).isEqualTo(2);
        assertThat(err.toString(UTF_8).lines()).allMatch(line -> line.startsWith("escale-agent: "));
    }

    @Test
    void joinsOnceAndAgainOnlyWhenAskedTo() throws Exception {
        try (var control = new FakeControl()) {
            List<String> join =
                    List.of("join", "--url", control.url(), "--ca-sha256", control.fingerprint());
            var token = Map.of("ESCALE_AGENT_TOKEN", "secret");

            assertThat(run(token, join.toArray(String[]::new))).isZero();
            assertThat(run(token, join.toArray(String[]::new))).isEqualTo(1);
            assertThat(err.toString(UTF_8)).contains("has joined").contains("--again");
            String[] again = {
                join.get(0),
                join.get(1),
                join.get(2),
                join.get(3),
                join.get(4),
                "--again",
                "--name",
                "web-2"
            };
            assertThat(run(token, again)).isZero();

            assertThat(control.registrations()).hasSize(2);
            assertThat(control.registrations().getLast().facts().hostname()).isEqualTo("web-2");
            assertThat(out.toString(UTF_8)).doesNotContain("secret");
        }
    }

    @Test
    void doesNotRunBeforeItJoined() {
        assertThat(run(Map.of(), "run")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("has not joined");
    }

    private int run(Map<String, String> environment, String... arguments) {
        var all = new HashMap<>(environment);
        all.put("ESCALE_AGENT_HOME", home.toString());
        return Main.run(
                List.of(arguments), all, new PrintStream(out, true), new PrintStream(err, true));
    }
}
