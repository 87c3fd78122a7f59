package dev.escale.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the command line asked for.
 *
 * @param names of the benchmarks, none for all
 * @param runs of what is measured run by run
 * @param idle how long an idle program is watched
 */
record Options(List<String> names, int runs, Duration idle) {
    static final String USAGE =
            "escale bench [--runs=N] [--idle-minutes=N] [NAME…], where NAME is one of ";

    static Options parse(List<String> arguments) {
        var names = new ArrayList<String>();
        int runs = 7;
        Duration idle = Duration.ofMinutes(10);
        for (String argument : arguments) {
            if (argument.startsWith("--runs=")) {
                runs = positive(argument);
            } else if (argument.startsWith("--idle-minutes=")) {
                idle = Duration.ofMinutes(positive(argument));
            } else if (argument.startsWith("-")) {
                throw new IllegalArgumentException("unknown option " + argument);
            } else {
                names.add(argument);
            }
        }
        return new Options(List.copyOf(names), runs, idle);
    }

    private static int positive(String argument) {
        try {
            int number = Integer.parseInt(argument.substring(argument.indexOf('=') + 1));
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, with the whole argument.
        }
        throw new IllegalArgumentException("a whole number above 0 is needed in " + argument);
    }
}
