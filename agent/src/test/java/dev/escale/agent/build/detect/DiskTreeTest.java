package dev.escale.agent.build.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostShell;
import dev.escale.agent.release.BuildFailed;
import dev.escale.protocol.Note;
import dev.escale.protocol.Overrides;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that somebody put there to hurt. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class DiskTreeTest {
    @TempDir private Path checkout;

    @Test
    void saysThatAFileIsTooLarge() throws Exception {
        write("package.json", "{\"name\": \"" + "x".repeat(600 << 10) + "\"}");

        assertThat(refusal())
                .isEqualTo(
                        Note.of("detect.fileTooLarge", "file", "package.json", "kilobytes", "512"));
    }

    @Test
    void waitsForNoPipeAndReadsNoDevice() throws Exception {
        Path file = checkout.resolve("package.json");
        new HostShell().run(HostCommand.of("mkfifo", file.toString()));

        assertThat(refusal()).isEqualTo(Note.of("detect.notAFile", "file", "package.json"));

        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("/dev/zero"));
        assertThat(refusal()).isEqualTo(Note.of("detect.notAFile", "file", "package.json"));
    }

    @Test
    void readsNoFileOutsideAndFollowsALinkInside() throws Exception {
        Files.createSymbolicLink(checkout.resolve("escale.yaml"), Path.of("/etc/passwd"));
        assertThat(refusal()).isEqualTo(Note.of("detect.notAFile", "file", "escale.yaml"));

        Files.delete(checkout.resolve("escale.yaml"));
        write("settings.yaml", "start: node web.js\n");
        Files.createSymbolicLink(checkout.resolve("escale.yaml"), Path.of("settings.yaml"));
        assertThat(detect().serving()).isEqualTo(new Serving.Process("node web.js"));
    }

    @Test
    void lookingIntoALargeProgramIsNoReasonToRefuseIt() throws Exception {
        write("package.json", "{\"main\": \"bundle.js\"}");
        write("bundle.js", "http.createServer().listen(3000);" + " ".repeat(3 << 20));

        assertThat(detect().serving()).isEqualTo(new Serving.Process("node bundle.js"));
    }

    @Test
    void refusesYamlThatGrowsWhenItIsRead() throws Exception {
        write("escale.yaml", "start: " + "[".repeat(20_000) + "]".repeat(20_000));
        assertThat(refusal().code()).isIn("settings.tooComplex", "settings.unreadable");

        write("escale.yaml", "root: .\nstart: " + "[".repeat(5_000) + "]".repeat(5_000));
        assertThat(refusal())
                .isEqualTo(Note.of("settings.tooComplex", "file", "escale.yaml", "line", "2"));

        write("escale.yaml", "env: &a [A, B]\nshared: [*a, *a, *a]\n");
        assertThat(refusal().code()).isEqualTo("settings.tooComplex");
    }

    @Test
    void refusesJsonThatIsNestedWithoutEnd() throws Exception {
        write("package.json", "{\"a\": " + "[".repeat(200_000));
        assertThat(refusal().code()).isEqualTo("detect.unreadable");

        String brackets = "{\"description\": \"" + "[\\\"".repeat(500) + "\", \"main\": \"a.js\"}";
        write("package.json", brackets);
        write("a.js", "x.listen(1)");
        assertThat(detect().serving()).isEqualTo(new Serving.Process("node a.js"));
    }

    @Test
    void leavesOutFindingsThatNobodyWouldRead() throws Exception {
        String many =
                IntStream.range(0, 20_000)
                        .mapToObj(i -> "worker" + i + ": node x.js")
                        .collect(Collectors.joining("\n"));
        write("Procfile", many + "\nweb: node server.js\n");
        write("server.js", "");

        var findings = detect().findings();

        assertThat(findings).hasSizeLessThan(400);
        Note last = findings.getLast().note();
        assertThat(last).isNotNull();
        assertThat(last.code()).isEqualTo("detect.more");
        assertThat(Integer.parseInt(last.facts().get("count"))).isGreaterThan(19_000);
    }

    private void write(String file, String text) throws Exception {
        Files.writeString(checkout.resolve(file), text);
    }

    private Project detect() throws BuildFailed {
        return ProjectDetector.detect(checkout, Overrides.NONE, "20.19.2", Set.of());
    }

    private Note refusal() {
        return catchThrowableOfType(BuildFailed.class, this::detect).reason();
    }
}
