package dev.escale.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The two settings of the user's git that make {@code git push escale main} work: whom to trust,
 * and whom to ask.
 */
final class GitConfig {

    /** {@code http.<url>.sslCAInfo}: for this control plane alone. */
    void trust(String url, Path authority) {
        set("http." + url + "/.sslCAInfo", authority.toAbsolutePath().toString());
    }

    /** {@code credential.<url>.helper}: the command line answers with the stored token. */
    void askEscale(String url) {
        String launcher = System.getProperty("escale.launcher");
        if (launcher != null) {
            set(
                    "credential." + url + ".helper",
                    "!'" + launcher.replace("'", "'\\''") + "' git-credential");
        }
    }

    private static void set(String key, String value) {
        git(List.of("config", "--global", "--replace-all", key, value));
    }

    private static void git(List<String> words) {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(words);
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new Refusal(Words.say("git.failed", said.strip()));
            }
        } catch (IOException missing) {
            throw new Refusal(Words.say("git.missing"), missing);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal(Words.say("interrupted"), interrupted);
        }
    }
}
