package dev.escale.bench;

import dev.escale.testkit.stack.App;
import dev.escale.testkit.stack.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * From a click to the agent's beginning: the request is sent, and the agent has checked the command
 * and written it into its journal. The command is the survey behind the plan of a removal, which
 * changes nothing.
 */
final class CommandLag implements Benchmark {
    private static final int SAMPLES = 200;

    @Override
    public String name() {
        return "command-lag";
    }

    @Override
    public List<Figure> measure(Options options) {
        try (LocalStack stack = LocalStack.onSqlite();
                WatchService watcher = FileSystems.getDefault().newWatchService()) {
            App app = stack.app("lag");
            app.goLive("release 1");
            app.awaitSettled();
            Path journal = stack.agent().home().resolve("journal");
            journal.register(
                    watcher,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY);

            var begins = new ArrayList<Double>();
            var answers = new ArrayList<Double>();
            for (int sample = 0; sample < SAMPLES + 20; sample++) {
                drain(watcher);
                long known = received(journal);
                var watch = new Stopwatch();
                Thread click =
                        Thread.ofVirtual()
                                .start(
                                        () -> {
                                            stack.control()
                                                    .api()
                                                    .delete("apps/" + app.id() + "?dryRun=true");
                                            synchronized (answers) {
                                                answers.add(watch.millis());
                                            }
                                        });
                while (received(journal) == known) {
                    awaitChange(watcher);
                }
                double lag = watch.millis();
                join(click);
                if (sample >= 20) {
                    begins.add(lag);
                }
            }
            return figures(new Times(begins), new Times(answers.subList(20, answers.size())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Figure> figures(Times begins, Times answers) {
        return List.of(
                Figure.of("click → agent begins (median)", begins.median(), "ms", Map.of()),
                Figure.of(
                                "click → agent begins (p99)",
                                begins.percentile(99),
                                "ms",
                                Map.of("runs", begins.values()))
                        .below(100),
                Figure.of(
                        "click → agent's answer is back (p99)",
                        answers.percentile(99),
                        "ms",
                        Map.of("runs", answers.values())));
    }

    /** How many commands stand in the agent's journal: not that of before, which only ends now. */
    private static long received(Path journal) throws IOException {
        String text = Files.readString(journal.resolve("commands"), StandardCharsets.ISO_8859_1);
        return Pattern.compile("\"RECEIVED\"").matcher(text).results().count();
    }

    private static void drain(WatchService watcher) {
        for (WatchKey key = watcher.poll(); key != null; key = watcher.poll()) {
            key.pollEvents();
            key.reset();
        }
    }

    private static void awaitChange(WatchService watcher) {
        try {
            WatchKey key = watcher.poll(10, TimeUnit.SECONDS);
            if (key == null) {
                throw new IllegalStateException("no command reached the agent within 10 s");
            }
            key.pollEvents();
            key.reset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
