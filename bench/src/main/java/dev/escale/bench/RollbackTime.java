package dev.escale.bench;

import dev.escale.testkit.stack.App;
import dev.escale.testkit.stack.LocalStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From the order to roll back to the first answer of the old release. */
final class RollbackTime implements Benchmark {
    @Override
    public String name() {
        return "rollback";
    }

    @Override
    public List<Figure> measure(Options options) {
        var seconds = new ArrayList<Double>();
        try (LocalStack stack = LocalStack.onSqlite()) {
            App app = stack.app("rollback");
            app.goLive("release 1");
            app.awaitSettled();
            app.goLive("release 2");
            app.awaitSettled();
            try (Watched site = new Watched(app.url(), stack.control().root())) {
                for (int run = 0; run < options.runs(); run++) {
                    int target = run % 2 == 0 ? 1 : 2;
                    var watch = new Stopwatch();
                    stack.control()
                            .api()
                            .post("apps/" + app.id() + "/rollback", Map.of("release", target));
                    seconds.add(
                            watch.until(
                                    "release " + target,
                                    Duration.ofSeconds(60),
                                    () -> site.says("release " + target)));
                    app.awaitSettled();
                }
            }
        }
        var times = new Times(seconds);
        return List.of(
                Figure.of(
                                "rollback → answered by the old release (median)",
                                times.median(),
                                "s",
                                Map.of("runs", seconds))
                        .below(1.0),
                Figure.of(
                                "rollback → answered by the old release (slowest)",
                                times.percentile(100),
                                "s",
                                Map.of())
                        .below(1.0));
    }
}
