package dev.escale.bench;

import dev.escale.testkit.control.Json;
import dev.escale.testkit.git.GitRepo;
import dev.escale.testkit.program.Running;
import dev.escale.testkit.stack.App;
import dev.escale.testkit.stack.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * From {@code git push} to the new release answering over HTTPS: the Express example with a lock
 * file and warm caches, Escale and a hand-written hook by turns.
 */
final class PushToLive implements Benchmark {
    private static final Duration LIMIT = Duration.ofMinutes(2);

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
            return run(options, stack, app, hook, byHand);
        }
    }

    private List<Figure> run(
            Options options, LocalStack stack, App app, HandmadeHook hook, GitRepo byHand) {
        var escale = new ArrayList<Double>();
        var handmade = new ArrayList<Double>();
        var phases = new TreeMap<String, List<Double>>();
        try (Watched ours = new Watched(app.url(), stack.control().root());
                Watched theirs = new Watched(hook.url(), hook.root())) {
            // The first round fills the caches and counts for neither.
            for (int run = 0; run <= options.runs(); run++) {
                double hookTook =
                        push(
                                byHand,
                                "hook",
                                "by hand " + run,
                                theirs,
                                stack.folder().resolve("hook.log"));
                double escaleTook =
                        push(
                                app.repo(),
                                "escale",
                                "escale " + run,
                                ours,
                                stack.folder().resolve("push.log"));
                Json deployment = app.awaitSettled();
                if (run > 0) {
                    handmade.add(hookTook);
                    escale.add(escaleTook);
                    deployment.list("steps").stream()
                            .filter(step -> step.has("seconds"))
                            .forEach(
                                    step ->
                                            phases.computeIfAbsent(
                                                            step.text("step"),
                                                            _ -> new ArrayList<>())
                                                    .add(step.decimal("seconds")));
                }
            }
        }
        return figures(new Times(escale), new Times(handmade), phases);
    }

    private static List<Figure> figures(
            Times escale, Times handmade, Map<String, List<Double>> phases) {
        var medians = new TreeMap<String, Double>();
        phases.forEach((step, seconds) -> medians.put(step, new Times(seconds).median()));
        var figures = new ArrayList<Figure>();
        figures.add(
                Figure.of(
                        "push → live, Escale (median)",
                        escale.median(),
                        "s",
                        Map.of("runs", escale.values())));
        figures.add(
                Figure.of(
                        "push → live, hand-written hook (median)",
                        handmade.median(),
                        "s",
                        Map.of("runs", handmade.values())));
        figures.add(
                Figure.of(
                                "Escale / hook",
                                escale.median() / handmade.median(),
                                "×",
                                Map.of("phases", medians))
                        .below(1.3));
        medians.forEach(
                (step, seconds) ->
                        figures.add(Figure.of("  of it " + step, seconds, "s", Map.of())));
        return figures;
    }

    private static double push(GitRepo repo, String remote, String text, Watched site, Path log) {
        ExpressApp.says(repo, text).commit(text);
        var watch = new Stopwatch();
        try (Running push = repo.git("push", remote, "main").start(log)) {
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
