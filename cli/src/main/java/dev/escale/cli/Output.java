package dev.escale.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code --json} and the ways to print an answer. Mixed into each command that asks the control
 * plane.
 */
final class Output {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(names = "--json", descriptionKey = "option.json")
    private boolean json;

    /** Prints the answer itself with {@code --json}, else what {@code lines} makes of it. */
    void print(String answer, Function<String, List<String>> lines) {
        if (json) {
            out().println(answer);
        } else {
            lines.apply(answer).forEach(line -> out().println(TerminalText.of(line)));
        }
    }

    void line(String text) {
        out().println(json ? text : TerminalText.of(text));
        out().flush();
    }

    boolean json() {
        return json;
    }

    PrintWriter out() {
        return java.util.Objects.requireNonNull(spec).commandLine().getOut();
    }

    /** Columns as wide as their widest cell; the last one is left alone. */
    static List<String> table(List<String> heads, List<List<String>> rows) {
        var all = new ArrayList<List<String>>();
        all.add(heads);
        all.addAll(rows);
        int[] widths = new int[heads.size()];
        for (List<String> row : all) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        var lines = new ArrayList<String>();
        for (List<String> row : all) {
            var line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String cell = row.get(column);
                line.append(cell);
                if (column < widths.length - 1) {
                    line.repeat(" ", widths[column] - cell.length() + 2);
                }
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
