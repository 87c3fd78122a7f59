package dev.escale.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Pins the authority of a control plane, checks a token with it, remembers both, and tells git of
 * the authority.
 */
@Command(name = "login", mixinStandardHelpOptions = true)
final class LoginCommand implements Runnable {
    @Mixin private Output output = new Output();

    @Parameters(paramLabel = "URL", descriptionKey = "login.url")
    private String url = "";

    @Option(names = "--ca-sha256", paramLabel = "HEX", descriptionKey = "login.fingerprint")
    private @Nullable String fingerprint;

    @Override
    public void run() {
        URI address = address();
        var logins = Logins.ofThisUser();
        String authority = pinned(address, logins);
        var login = new Login(address.toString(), token(address), authority);
        String me = new ControlPlane(login).get("me");
        logins.store(login);
        if (authority != null) {
            new GitConfig().trust(login.url(), Path.of(authority));
            if (System.getenv("GIT_SSL_CAINFO") != null) {
                System.err.println(Words.say("login.gitCaInfo"));
            }
        }
        new GitConfig().askEscale(login.url());
        output.print(
                me,
                body -> {
                    var who = ControlPlane.read(Answers.Me.class, body);
                    return List.of(
                            Words.say(
                                    "login.done",
                                    Answers.text(who.name()),
                                    who.teamName(),
                                    login.url()));
                });
    }

    private URI address() {
        try {
            URI address = new URI(url.replaceAll("/+$", ""));
            if ("https".equals(address.getScheme()) && address.getHost() != null) {
                return address;
            }
        } catch (java.net.URISyntaxException malformed) {
            throw new Refusal(Words.say("login.badUrl", url), malformed);
        }
        throw new Refusal(Words.say("login.badUrl", url));
    }

    /**
     * The root that the server shows, once its fingerprint is confirmed; null when the system
     * trusts the server anyway.
     */
    private @Nullable String pinned(URI address, Logins logins) {
        if (fingerprint == null && SystemTrust.accepts(address)) {
            return null;
        }
        List<X509Certificate> chain = Authorities.chainOf(address);
        X509Certificate root = chain.getLast();
        if (fingerprint != null) {
            String wanted = fingerprint.replace(":", "").toLowerCase(Locale.ROOT);
            root =
                    chain.stream()
                            .filter(shown -> Authorities.fingerprint(shown).equals(wanted))
                            .findFirst()
                            .orElseThrow(() -> new Refusal(Words.say("login.mismatch", url)));
        } else if (!confirmed(Authorities.fingerprint(root))) {
            throw new Refusal(Words.say("login.notConfirmed"));
        }
        return logins.storeAuthority(Authorities.pem(root), Authorities.fingerprint(root))
                .toString();
    }

    private static boolean confirmed(String shown) {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new Refusal(Words.say("login.needsFingerprint", shown));
        }
        String answer = console.readLine("%s", Words.say("login.confirm", shown) + " ");
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes|o|oui");
    }

    private static String token(URI address) {
        String given = System.getenv("ESCALE_TOKEN");
        if (given != null) {
            return given.strip();
        }
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            char[] typed = console.readPassword("%s", Words.say("login.token", address) + " ");
            return typed == null ? "" : new String(typed).strip();
        }
        try {
            String line =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                            .readLine();
            if (line == null || line.isBlank()) {
                throw new Refusal(Words.say("login.noToken"));
            }
            return line.strip();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
