package dev.escale.bench;

import dev.escale.testkit.control.Json;
import dev.escale.testkit.git.GitRepo;
import dev.escale.testkit.program.Running;
import dev.escale.testkit.stack.App;
import dev.escale.testkit.stack.LocalStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From {@code git push} to the new release answering over HTTPS: the Express example with a lock
 * file and warm caches, Escale and a hand-written hook by turns. The hook installs with {@code npm
 * ci} each time; Escale takes over what is installed while the lock file stays as it is. So there
 * is a second pair of rows in which the lock file changes with each push, and both install.
 */
final class PushToLive implements Benchmark {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** What a visitor waits for; CERTIFICATE runs beside these, WATCH and DRAIN come after. */
    private static final List<String> ON_THE_WAY =
            List.of("FETCH", "DETECT", "INSTALL", "BUILD", "START", "HEALTH", "SWITCH");

    @Override
    public String name() {
        return "push-to-live";
    }

    @Override
    public List<Figure> measure(Options options) {
        try (LocalStack stack = LocalStack.onSqlite();
                HandmadeHook hook = HandmadeHook.install(stack.folder().resolve("hook"))) {
            App app = stack.app("express");
            ExpressApp.packages(app.repo());
            GitRepo byHand = hook.connect(GitRepo.empty(stack.folder().resolve("by-hand")));
            ExpressApp.packages(byHand);
            try (Watched ours = new Watched(app.url(), stack.control().root());
                    Watched theirs = new Watched(hook.url(), hook.root())) {
                var same = new Rounds("push → live");
                var changed = new Rounds("push → live, lock file changed");
                // The first round fills the caches and counts for neither.
                for (int run = 0; run <= options.runs(); run++) {
                    round(stack, app, byHand, ours, theirs, same, run, "same " + run);
                    ExpressApp.changeLockFile(byHand, run);
                    ExpressApp.changeLockFile(app.repo(), run);
                    round(stack, app, byHand, ours, theirs, changed, run, "changed " + run);
                }
                var figures = new ArrayList<Figure>(same.figures(1.3));
                figures.addAll(changed.figures(1.3));
                return figures;
            }
        }
    }

    private static void round(
            LocalStack stack,
            App app,
            GitRepo byHand,
            Watched ours,
            Watched theirs,
            Rounds rounds,
            int run,
            String text) {
        double hook = push(byHand, "hook", text + " by hand", theirs, stack, "hook.log");
        double escale = push(app.repo(), "escale", text + " escale", ours, stack, "push.log");
        Json deployment = app.awaitSettled();
        if (run > 0) {
            rounds.add(hook, escale, deployment);
        }
    }

    /** Runs of one kind. */
    private static final class Rounds {
        private final String name;
        private final List<Double> escale = new ArrayList<>();
        private final List<Double> hook = new ArrayList<>();
        private final Map<String, List<Double>> steps = new LinkedHashMap<>();

        Rounds(String name) {
            this.name = name;
        }

        void add(double byHand, double ours, Json deployment) {
            hook.add(byHand);
            escale.add(ours);
            double rest = ours;
            for (String step : ON_THE_WAY) {
                double took = seconds(deployment, step);
                steps.computeIfAbsent(step, _ -> new ArrayList<>()).add(took);
                rest -= took;
            }
            steps.computeIfAbsent("push, order and first answer", _ -> new ArrayList<>()).add(rest);
        }

        List<Figure> figures(@Nullable Double bound) {
            double ours = new Times(escale).median();
            double byHand = new Times(hook).median();
            var figures = new ArrayList<Figure>();
            figures.add(Figure.of(name + ", Escale", ours, "s", Map.of("runs", escale)));
            figures.add(Figure.of(name + ", hand-written hook", byHand, "s", Map.of("runs", hook)));
            Figure ratio = Figure.of(name + ", Escale / hook", ours / byHand, "×", Map.of());
            figures.add(bound == null ? ratio : ratio.below(bound));
            steps.forEach(
                    (step, took) ->
                            figures.add(
                                    Figure.of(
                                            "  of Escale's: " + step,
                                            new Times(took).median(),
                                            "s",
                                            Map.of("runs", took))));
            return figures;
        }

        private static double seconds(Json deployment, String step) {
            return deployment.list("steps").stream()
                    .filter(each -> each.text("step").equals(step) && each.has("seconds"))
                    .mapToDouble(each -> each.decimal("seconds"))
                    .sum();
        }
    }

    private static double push(
            GitRepo repo, String remote, String text, Watched site, LocalStack stack, String log) {
        ExpressApp.says(repo, text).commit(text);
        var watch = new Stopwatch();
        try (Running push = repo.git("push", remote, "main").start(stack.folder().resolve(log))) {
            double took =
                    watch.until(
                            text + " to be live",
                            LIMIT,
                            () -> {
                                if (!push.alive() && push.exit() != 0) {
                                    throw new IllegalStateException(
                                            "git push failed:\n" + push.output());
                                }
                                return site.says(text);
                            });
            watch.until("the push to end", LIMIT, () -> !push.alive());
            return took;
        }
    }
}
