package dev.escale.bench;

import dev.escale.testkit.Workplace;
import dev.escale.testkit.control.ControlProcess;
import dev.escale.testkit.control.ControlSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From starting the control plane's process to {@code /readyz} saying yes, on its own data. */
final class ControlStart implements Benchmark {
    @Override
    public String name() {
        return "control-start";
    }

    @Override
    public List<Figure> measure(Options options) {
        var seconds = new ArrayList<Double>();
        try (Workplace workplace = Workplace.fresh();
                ControlProcess control =
                        ControlProcess.start(
                                ControlSettings.local(workplace.folder().resolve("control")))) {
            for (int run = 0; run < options.runs(); run++) {
                control.stop();
                var watch = new Stopwatch();
                control.startAgain();
                seconds.add(watch.seconds());
            }
        }
        return List.of(
                Figure.of(
                                "control plane: start → ready (median)",
                                new Times(seconds).median(),
                                "s",
                                Map.of("runs", seconds))
                        .below(3.0));
    }
}
