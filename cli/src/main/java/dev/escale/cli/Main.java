package dev.escale.cli;

import dev.escale.cli.demo.DemoCommand;
import dev.escale.cli.demo.UpCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point. Exit codes: 0 done, 1 refused or failed, 2 wrong usage. */
@Command(
        name = "escale",
        mixinStandardHelpOptions = true,
        version = "escale 0.1.0",
        resourceBundle = Words.BUNDLE,
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            LoginCommand.class,
            LogoutCommand.class,
            WhoamiCommand.class,
            AccountCommand.class,
            ServersCommand.class,
            AppsCommand.class,
            DeployCommand.class,
            DeploymentsCommand.class,
            CancelCommand.class,
            RollbackCommand.class,
            LogsCommand.class,
            EnvCommand.class,
            TokensCommand.class,
            TeamsCommand.class,
            AuditCommand.class,
            GitCredentialCommand.class
        })
public final class Main implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    public static void main(String[] words) {
        System.exit(run(words));
    }

    /**
     * @return the exit code
     */
    static int run(String... words) {
        java.util.Locale.setDefault(Words.locale());
        var line = new CommandLine(new Main());
        line.setResourceBundle(Words.bundle());
        Misuse.label(line.getCommandSpec());
        line.setOut(new PrintWriter(System.out, true));
        line.setErr(new PrintWriter(System.err, true));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(Main::refused);
        line.setParameterExceptionHandler(Main::misused);
        return line.execute(words);
    }

    private static int refused(Exception failure, CommandLine line, CommandLine.ParseResult words) {
        String sentence =
                failure instanceof Refusal refusal
                        ? refusal.getMessage()
                        : Words.say("failed", Authorities.reason(failure));
        line.getErr().println("escale: " + sentence);
        if (System.getenv("ESCALE_DEBUG") != null) {
            failure.printStackTrace(line.getErr());
        }
        return 1;
    }

    /** What is wrong is what is read: the whole help would push it off the screen. */
    private static int misused(CommandLine.ParameterException misuse, String[] words) {
        CommandLine line = misuse.getCommandLine();
        line.getErr().println("escale: " + Misuse.sentence(misuse));
        Misuse.suggestions(misuse).forEach(line.getErr()::println);
        line.getErr()
                .println(
                        Words.say("usage.help", line.getCommandSpec().qualifiedName() + " --help"));
        return CommandLine.ExitCode.USAGE;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getErr());
        throw new CommandLine.ParameterException(spec.commandLine(), Words.say("usage.missing"));
    }
}
