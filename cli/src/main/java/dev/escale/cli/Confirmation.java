package dev.escale.cli;

import java.io.Console;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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
        run(
                control,
                new Deed("DELETE", path, null),
                name,
                output,
                body -> List.of(Words.say("removed", name)));
    }

    /** What is asked for, of which the plan is shown first. */
    record Deed(String method, String path, @Nullable Map<String, ?> body) {}

    /**
     * @param name what a person types to confirm it
     * @param done lines that say what came of it
     */
    void run(
            ControlPlane control,
            Deed deed,
            String name,
            Output output,
            Function<String, List<String>> done) {
        String planned = control.send(deed.method(), deed.path() + "?dryRun=true", deed.body());
        var plan = ControlPlane.read(Answers.Planned.class, planned);
        if (dryRun) {
            PlanText.print(planned, output);
            return;
        }
        if (!yes) {
            PlanText.lines(plan.plan()).forEach(System.err::println);
            ask(name);
        }
        String answer = control.send("POST", "plans/" + plan.planId() + "/apply", Map.of());
        output.print(answer, done);
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
