package dev.escale.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Answers git's credential protocol (gitcredentials(7)) for the control plane that is signed in to,
 * and no other.
 */
@Command(name = "git-credential", hidden = true, mixinStandardHelpOptions = true)
final class GitCredentialCommand implements Runnable {
    @Parameters(paramLabel = "get|store|erase")
    private String verb = "";

    @Override
    public void run() {
        Map<String, String> asked = asked();
        if (!verb.equals("get")) {
            return;
        }
        Logins.ofThisUser()
                .stored()
                .filter(login -> concerns(login, asked))
                .ifPresent(
                        login -> {
                            System.out.println("username=escale");
                            System.out.println("password=" + login.token());
                        });
    }

    private static boolean concerns(Login login, Map<String, String> asked) {
        URI url = URI.create(login.url());
        return url.getScheme().equals(asked.get("protocol"))
                && url.getAuthority().equals(asked.get("host"));
    }

    private static Map<String, String> asked() {
        var facts = new HashMap<String, String>();
        try {
            var lines =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = lines.readLine();
                    line != null && !line.isEmpty();
                    line = lines.readLine()) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    facts.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
        } catch (IOException failure) {
            throw new Refusal(Words.say("git.failed", Authorities.reason(failure)), failure);
        }
        return facts;
    }
}
