package dev.escale.agent.build.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.escale.agent.release.BuildFailed;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Overrides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {
    private static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();

    @ParameterizedTest
    @MethodSource("servers")
    void areStartedByTheirServer(Path example) throws BuildFailed {
        assertThat(detect(example).serving()).isEqualTo(new Serving.Process("node server.js"));
    }

    @Test
    void oneHasNothingToStart() {
        BuildFailed failure =
                catchThrowableOfType(
                        BuildFailed.class,
                        () -> detect(EXAMPLES.resolve("misbehaving/nothing-to-start")));

        assertThat(failure.reason().code()).isEqualTo(Notes.DETECT_NOTHING_TO_START);
    }

    @Test
    void oneKeepsUploadsAndOneMigrates() throws BuildFailed {
        assertThat(detect(EXAMPLES.resolve("misbehaving/uploads")).shared())
                .containsExactly("uploads");
        assertThat(detect(EXAMPLES.resolve("misbehaving/migration")).release())
                .isEqualTo("node migrate.js");
    }

    @Test
    void theSampleInTheDocumentationIsRight() throws BuildFailed, IOException {
        String page = Files.readString(EXAMPLES.resolveSibling("docs/building.md"));
        String sample = page.substring(page.indexOf("```yaml") + 7, page.lastIndexOf("```"));

        Settings settings = EscaleYaml.read(sample, new Findings());

        assertThat(settings.get("health.timeout"))
                .contains(new Settings.Setting("60s", EscaleYaml.FILE));
        assertThat(settings.env()).containsExactly("DATABASE_URL");
    }

    private static List<Path> servers() throws IOException {
        try (Stream<Path> bad = Files.list(EXAMPLES.resolve("misbehaving"))) {
            return Stream.concat(
                            Stream.of(EXAMPLES.resolve("hello"), EXAMPLES.resolve("express")), bad)
                    .filter(example -> !example.endsWith("nothing-to-start"))
                    .toList();
        }
    }

    private static Project detect(Path example) throws BuildFailed {
        return ProjectDetector.detect(example, Overrides.NONE, "20.20.2", Set.of());
    }
}
