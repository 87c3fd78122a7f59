package dev.escale.cli;

import java.io.Console;
import java.util.List;
import picocli.CommandLine.Option;

/** Shows a plan before anything is lost, and asks. Mixed into commands that remove things. */
final class Confirmation {
    @Option(names = "--yes", descriptionKey = "option.yes")
    private boolean yes;

    @Option(names = "--dry-run", descriptionKey = "option.dryRun")
    private boolean dryRun;

    /**
     * @param path of the thing to delete
     */
    void delete(ControlPlane control, String path, String name, Output output) {
        String planned = control.send("DELETE", path + "?dryRun=true", null);
        var plan = ControlPlane.read(Answers.Planned.class, planned);
        if (dryRun) {
            PlanText.print(planned, output);
            return;
        }
        if (!yes) {
            PlanText.lines(plan.plan()).forEach(System.err::println);
            ask(name);
        }
        String answer =
                control.send("POST", "plans/" + plan.planId() + "/apply", java.util.Map.of());
        output.print(answer, body -> List.of(Words.say("removed", name)));
    }

    private static void ask(String name) {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new Refusal(Words.say("confirm.needsYes"));
        }
        String typed = console.readLine("%s", Words.say("confirm.type", name) + " ");
        if (typed == null || !typed.strip().equals(name)) {
            throw new Refusal(Words.say("confirm.kept", name));
        }
    }
}
