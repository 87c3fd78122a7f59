package dev.escale.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.escale.agent.link.Identity;
import dev.escale.agent.link.Join;
import dev.escale.agent.link.JoinRefused;
import dev.escale.agent.link.Pinned;
import dev.escale.protocol.Facts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code escale-agent join}.
 *
 * @param name to be called by, instead of the host name
 * @param again replace what was joined before
 */
record JoinCommand(URI url, String fingerprint, @Nullable String name, boolean again) {

    static JoinCommand parse(List<String> arguments) throws Main.Usage {
        String url = null;
        String fingerprint = null;
        String name = null;
        boolean again = false;
        for (var rest = arguments.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            switch (option) {
                case "--url" -> url = value(option, rest.hasNext() ? rest.next() : null);
                case "--ca-sha256" ->
                        fingerprint = value(option, rest.hasNext() ? rest.next() : null);
                case "--name" -> name = value(option, rest.hasNext() ? rest.next() : null);
                case "--again" -> again = true;
                default -> throw new Main.Usage("join does not know \"" + option + "\"");
            }
        }
        if (url == null || fingerprint == null) {
            throw new Main.Usage("join needs --url and --ca-sha256");
        }
        if (!fingerprint.replace(":", "").matches("[0-9A-Fa-f]{64}")) {
            throw new Main.Usage("--ca-sha256 takes 64 hex digits");
        }
        return new JoinCommand(address(url), fingerprint, name, again);
    }

    void run(AgentConfig config, Map<String, String> environment, PrintStream out)
            throws Main.Usage, JoinRefused, IOException, InterruptedException {
        var identity = new Identity(config.home());
        Optional<Pinned> before = identity.control();
        if (before.isPresent() && !again) {
            throw new IOException(
                    "this server has joined %s already, as %s; use --again to replace that"
                            .formatted(before.get().url(), before.get().name()));
        }
        String token = token(environment);
        var agent = new Agent(config);
        Facts facts = agent.facts();
        Pinned pinned =
                new Join(url, fingerprint, Agent.VERSION)
                        .run(token, name == null ? facts : facts.named(name), identity);
        if (before.isPresent() && !before.get().server().equals(pinned.server())) {
            agent.forgetServer();
        }
        out.println("Joined " + pinned.url() + " as " + pinned.name() + ".");
    }

    private static String token(Map<String, String> environment) throws Main.Usage, IOException {
        String token = environment.get(AgentConfig.TOKEN);
        if (token == null) {
            token = new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
        }
        if (token == null || token.isBlank()) {
            throw new Main.Usage(
                    "no token: give it in " + AgentConfig.TOKEN + " or on standard input");
        }
        return token.strip();
    }

    private static String value(String option, @Nullable String value) throws Main.Usage {
        if (value == null || value.startsWith("--")) {
            throw new Main.Usage(option + " needs a value");
        }
        return value;
    }

    private static URI address(String text) throws Main.Usage {
        try {
            URI url = URI.create(text);
            if ("https".equals(url.getScheme()) && url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException notAddress) {
            throw new Main.Usage("--url is not an address: " + text);
        }
        throw new Main.Usage("--url takes an address that begins with https://");
    }
}
