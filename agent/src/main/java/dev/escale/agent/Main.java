package dev.escale.agent;

import dev.escale.agent.link.JoinRefused;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** {@code escale-agent}: reads the command line. Exits 0, 1 (refused or failed) or 2 (usage). */
public final class Main {
    private static final String USAGE =
            """
            Usage: escale-agent COMMAND

              join --url URL --ca-sha256 HEX [--name NAME] [--again]
                            registers this server; the token is read from ESCALE_AGENT_TOKEN or standard input
              run           stays connected to the control plane and does what it orders
              facts         prints what is known of this server, as JSON
              down          stops the apps and servers that the agent started here, and keeps what is on disk
              --version     prints the version
              --help        prints this

            State folder: ESCALE_AGENT_HOME (/var/lib/escale), settings in its agent.properties.\
            """;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv(), System.out, System.err));
    }

    static int run(
            List<String> arguments,
            Map<String, String> environment,
            PrintStream out,
            PrintStream err) {
        try {
            return command(arguments, environment, out);
        } catch (Usage wrong) {
            err.println("escale-agent: " + wrong.getMessage());
            return 2;
        } catch (AgentConfig.Wrong wrong) {
            err.println("escale-agent: " + wrong.getMessage());
            return 2;
        } catch (JoinRefused refused) {
            err.println("escale-agent: " + refused.getMessage());
            return 1;
        } catch (IOException failure) {
            err.println("escale-agent: " + failure.getMessage());
            return 1;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static int command(
            List<String> arguments, Map<String, String> environment, PrintStream out)
            throws Usage, AgentConfig.Wrong, JoinRefused, IOException, InterruptedException {
        String command = arguments.isEmpty() ? "--help" : arguments.getFirst();
        List<String> rest =
                arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
        switch (command) {
            case "--help", "-h", "help" -> out.println(USAGE);
            case "--version" -> out.println("escale-agent " + Agent.VERSION);
            case "join" ->
                    JoinCommand.parse(rest).run(AgentConfig.load(environment), environment, out);
            case "facts" -> {
                alone(rest);
                out.println(new Agent(AgentConfig.load(environment)).factsJson());
            }
            case "run" -> {
                alone(rest);
                new Agent(AgentConfig.load(environment)).run();
            }
            case "down" -> {
                alone(rest);
                new Agent(AgentConfig.load(environment)).down();
            }
            default ->
                    throw new Usage(
                            "there is no command \"" + command + "\"; see escale-agent --help");
        }
        return 0;
    }

    private static void alone(List<String> rest) throws Usage {
        if (!rest.isEmpty()) {
            throw new Usage("unexpected \"" + rest.getFirst() + "\"; see escale-agent --help");
        }
    }

    /** The command line is not understood. */
    static final class Usage extends Exception {
        private static final long serialVersionUID = 1L;

        Usage(String message) {
            super(message);
        }
    }
}
