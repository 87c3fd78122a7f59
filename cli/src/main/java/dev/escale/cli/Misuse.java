package dev.escale.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What was typed wrongly, in the reader's language: picocli's own sentences are English. */
final class Misuse {
    private Misuse() {}

    static String sentence(ParameterException misuse) {
        return switch (misuse) {
            case MissingParameterException missing ->
                    Words.say("misuse.missing", names(missing.getMissing()));
            case UnmatchedArgumentException unmatched ->
                    Words.say("misuse.unknown", String.join(" ", unmatched.getUnmatched()));
            case OverwrittenOptionException twice ->
                    Words.say("misuse.twice", name(twice.getOverwritten()));
            default -> other(misuse);
        };
    }

    /** Commands and options that look like what was typed; often none. */
    static List<String> suggestions(ParameterException misuse) {
        if (misuse instanceof UnmatchedArgumentException unmatched) {
            List<String> meant = unmatched.getSuggestions();
            return meant.isEmpty()
                    ? List.of()
                    : List.of(Words.say("misuse.meant", String.join(", ", meant)));
        }
        return List.of();
    }

    /** How usage calls a command in the place of one that is to be chosen. */
    static void label(CommandSpec spec) {
        spec.usageMessage().synopsisSubcommandLabel(Words.say("usage.command"));
        spec.subcommands().values().forEach(each -> label(each.getCommandSpec()));
    }

    private static String other(ParameterException misuse) {
        ArgSpec wrong = misuse.getArgSpec();
        if (wrong == null) {
            return String.valueOf(misuse.getMessage());
        }
        String value = misuse.getValue();
        return value == null
                ? Words.say("misuse.use", name(wrong))
                : Words.say("misuse.value", name(wrong), value);
    }

    private static String names(List<ArgSpec> all) {
        return all.stream().map(Misuse::name).collect(Collectors.joining(", "));
    }

    private static String name(ArgSpec each) {
        return each instanceof OptionSpec option
                ? option.longestName() + (option.arity().max() > 0 ? " " + each.paramLabel() : "")
                : each.paramLabel();
    }
}
