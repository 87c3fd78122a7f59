package dev.escale.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a dry run answers, for people. */
final class PlanText {
    private PlanText() {}

    static void print(String planned, Output output) {
        output.print(planned, body -> lines(ControlPlane.read(Answers.Planned.class, body).plan()));
    }

    /** The four rows of a plan, headed. */
    static List<String> lines(Answers.@Nullable Plan plan) {
        if (plan == null) {
            return List.of();
        }
        var lines = new ArrayList<String>();
        add(lines, "plan.changes", plan.changes());
        add(lines, "plan.restarts", plan.restarts());
        add(lines, "plan.lost", plan.lost());
        add(lines, "plan.wayBack", plan.wayBack());
        return lines;
    }

    private static void add(List<String> lines, String head, @Nullable List<Answers.Item> items) {
        lines.add(Words.say(head));
        if (items == null || items.isEmpty()) {
            lines.add("  " + Words.say("plan.none"));
            return;
        }
        for (Answers.Item item : items) {
            lines.add("  " + Answers.text(item.symbol()) + " " + Answers.text(item.text()));
        }
    }
}
