package dev.escale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line as a process of its own, in the language of its environment. */
class LanguageTest {
    private static final List<String> ENGLISH =
            List.of(
                    "Usage",
                    "Commands:",
                    "[COMMAND]",
                    "Show this",
                    "Print version",
                    "Missing",
                    "Unmatched",
                    "Unknown",
                    "Invalid",
                    "Did you mean",
                    "Possible solutions",
                    "should be",
                    "required",
                    "Expected");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | --help                           | Utilisation\u00a0: escale [-hV] [COMMANDE]",
                "0 | --help                           | Commandes\u00a0:",
                "0 | tokens --help                    | Utilisation\u00a0: escale tokens [-hV]",
                "0 | tokens create --help             | affiche cette aide",
                "2 | tokens create                    | escale: Il manque\u00a0: NAME.",
                "2 | tokens create a --expires        | escale: Il manque\u00a0: --expires WHEN.",
                "2 | tokens create a --expires soon   | escale: soon n’est pas une fin.",
                "2 | tokens create a b                | escale: Incompris\u00a0: b.",
                "2 | tokens create a --json --json    | escale: --json est donné deux fois.",
                "2 | logs shop --lines many           | escale: --lines N ne peut pas valoir many.",
                "2 | --nonsense                       | escale: Incompris\u00a0: --nonsense.",
                "2 | tokns                            | Vouliez-vous dire\u00a0: tokens",
            })
    void speaksFrenchWithoutAnEnglishWord(int code, String words, String expected)
            throws Exception {
        Said said = said("fr_FR.UTF-8", words);

        assertThat(said.text()).contains(expected);
        assertThat(said.text()).doesNotContain(ENGLISH);
        assertThat(said.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | --help           | Usage: escale [-hV] [COMMAND]",
                "2 | tokens create    | escale: Missing: NAME.",
                "2 | tokns            | Did you mean: tokens?",
            })
    void speaksEnglish(int code, String words, String expected) throws Exception {
        Said said = said("C.UTF-8", words);

        assertThat(said.text()).contains(expected);
        assertThat(said.code()).isEqualTo(code);
    }

    private record Said(int code, String text) {}

    private static Said said(String language, String words)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Dstdout.encoding=UTF-8");
        command.add("-Dstderr.encoding=UTF-8");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        command.addAll(List.of(words.split(" +")));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", language);
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }
}
