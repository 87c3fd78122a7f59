package dev.escale.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.testkit.Repository;
import dev.escale.testkit.Workplace;
import dev.escale.testkit.control.AgentProcess;
import dev.escale.testkit.control.Api;
import dev.escale.testkit.control.Json;
import dev.escale.testkit.program.Program;
import dev.escale.testkit.stack.App;
import dev.escale.testkit.stack.LocalStack;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is pushed or asked for: a clear error, nothing lost, the last release serving. */
@ExtendWith(OnLocalStack.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class BadInputStory {
    private static final int HEAVY_MEGABYTES = 2100;

    @ParameterizedTest
    @CsvSource({
        "nothing-to-start, start",
        "never-listens, port",
        "memory-hog, memory",
    })
    void badHabitFailsWithItsReasonAndTheLastReleaseServes(
            String example, String reasonSpeaksOf, LocalStack stack) {
        App app = stack.app(example);
        app.goLive("release one");

        replaceBy(app, "misbehaving/" + example);
        app.repo().write("escale.yaml", "health:\n  timeout: 4s\n");
        app.push("Take over " + example);

        Json failed = app.awaitStatus("failed");
        assertThat(failed.text("reason")).containsIgnoringCase(reasonSpeaksOf);
        assertThat(app.fetchText()).isEqualTo("release one");
    }

    @Test
    void fiftyMegabytesOfOutputAreCutAndSaidToBe(LocalStack stack) {
        App app = stack.app("prints");
        replaceBy(app, "misbehaving/prints-50mb");

        app.push("Print 50 MB");

        app.awaitStatus("live");
        Json deployment = app.awaitSettled();
        String log =
                stack.control()
                        .api()
                        .send(
                                "GET",
                                "deployments/" + deployment.text("id") + "/log?format=text",
                                null)
                        .body();
        assertThat(log.length()).isLessThan(8 << 20);
        assertThat(log.contains("From here on the output is left out")).isTrue();
        assertThat(log.contains(" lines of output were left out")).isTrue();
        assertThat(app.fetchText()).isEqualTo("ok");
    }

    @Test
    void appThatListensOnAPortOfItsOwnChoiceIsServedAllTheSame(LocalStack stack) {
        App app = stack.app("elsewhere");
        replaceBy(app, "misbehaving/listens-elsewhere");

        app.push("Listen elsewhere");

        app.awaitStatus("live");
        assertThat(app.fetchText()).isEqualTo("ok");
    }

    @Test
    void hangingBuildIsEndedByTheServersLimitAndTheLastReleaseServes(LocalStack stack) {
        try (Workplace workplace = Workplace.fresh();
                AgentProcess agent =
                        AgentProcess.start(
                                stack.control(),
                                "impatient",
                                workplace.folder().resolve("agent"),
                                Map.of("ESCALE_AGENT_BUILD_SECONDS", "10"))) {
            App app =
                    App.create(
                            stack.control(),
                            agent.server(),
                            "hangs",
                            workplace.folder("repositories"));
            app.goLive("release one");
            app.awaitSettled();

            replaceBy(app, "misbehaving/hangs");
            app.push("Build for ever");

            assertThat(app.awaitStatus("failed").text("reason")).contains("build", "10 s");
            assertThat(app.fetchText()).isEqualTo("release one");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"passwords", "absolute"})
    void linkOutOfTheTreeIsRefusedAndNamed(String link, LocalStack stack) {
        App app = stack.app("escape");
        app.goLive("release one");
        app.awaitSettled();
        String target = link.equals("absolute") ? "/etc/passwd" : "../../../../etc/passwd";
        Program.of("ln", "-s", target, link).in(app.repo().folder()).run();

        app.push("Link to the passwords");

        assertThat(app.awaitStatus("failed").text("reason")).contains(link, target);
        assertThat(app.fetchText()).isEqualTo("release one");
    }

    @Test
    void releaseCommandThatFailsStopsTheDeploymentBeforeTheSwitch(LocalStack stack) {
        App app = stack.app("migration");
        replaceBy(app, "misbehaving/migration");
        app.push("Migrate");
        app.awaitStatus("live");
        assertThat(app.fetchText()).isEqualTo("schema 2");
        app.awaitSettled();

        app.repo().write("migrate.js", "console.error('column exists'); process.exit(3)");
        String printed = app.push("Migrate wrongly");

        app.awaitStatus("failed");
        assertThat(printed).contains("column exists");
        assertThat(app.fetchText()).isEqualTo("schema 2");
    }

    @Test
    void uploadsOutliveReleases(LocalStack stack) {
        App app = stack.app("uploads");
        replaceBy(app, "misbehaving/uploads");
        app.push("Take uploads");
        app.awaitStatus("live");
        assertThat(app.post("/", "a letter").body()).isEqualTo("kept");
        app.awaitSettled();

        app.repo().write("note.txt", "two");
        app.push("Next");
        app.awaitStatus("live");

        assertThat(app.fetchText()).isEqualTo("a letter");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "two\nlines",
                "\u0000",
            })
    void nameThatCannotBecomeOneIsRefused(String name, LocalStack stack) {
        Api.Answer answer = create(stack, name);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body())
                .contains(
                        switch (name) {
                            case "" -> "app.nameMissing";
                            case "\u0000" -> "input.control";
                            default -> "app.nameInvalid";
                        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "../../etc|etc",
                "; return 200 \"owned\";|return-200-owned",
                "a\"b'c|a-b-c",
                "server_name _;}|server-name",
                "My Shop|my-shop",
                "a-name-that-is-far-too-long-for-the-name-of-an-app|a-name-that-is-far-too-long-for-the-name",
            })
    void nameWithForeignSignsBecomesAPlainOne(String name, String slug, LocalStack stack) {
        Api.Answer answer = create(stack, name);

        assertThat(answer.json().text("slug")).isEqualTo(slug);
    }

    @Test
    void pushBeyondTheLimitIsRefusedInWordsAndChangesNothing(LocalStack stack) {
        App app = stack.app("heavy");
        app.goLive("release one");

        // Holes on the disk, but every byte of them travels, because nothing is compressed.
        app.repo().git("config", "core.compression", "0").run();
        Path heavy = app.repo().folder().resolve("heavy.bin");
        Program.of("truncate", "-s", HEAVY_MEGABYTES + "M", heavy.toString()).run();
        app.repo().commit("Two gigabytes");
        Program.Ended push = app.repo().pushing().attempt();

        assertThat(push.exit()).isNotZero();
        assertThat(push.output()).contains("1024 MiB");
        assertThat(app.fetchText()).isEqualTo("release one");
        assertThat(app.deployments()).hasSize(1);
    }

    private static Api.Answer create(LocalStack stack, String name) {
        return stack.control()
                .api()
                .send(
                        "POST",
                        "apps",
                        Map.of(
                                "name", name,
                                "server", stack.agent().server(),
                                "source", Map.of("type", "escale")));
    }

    private static void replaceBy(App app, String example) {
        Path folder = app.repo().folder();
        app.repo().git("rm", "-rqf", "--ignore-unmatch", ".").run();
        Program.of(
                        "cp",
                        "-r",
                        Repository.root().resolve("examples").resolve(example) + "/.",
                        folder.toString())
                .run();
    }
}
