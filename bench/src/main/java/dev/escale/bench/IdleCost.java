package dev.escale.bench;

import dev.escale.testkit.stack.App;
import dev.escale.testkit.stack.LocalStack;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Memory and CPU of agent and control plane while nothing happens, with one app that runs. */
final class IdleCost implements Benchmark {
    @Override
    public String name() {
        return "idle";
    }

    @Override
    public List<Figure> measure(Options options) {
        try (LocalStack stack = LocalStack.onSqlite()) {
            App app = stack.app("idle");
            app.goLive("release 1");
            app.awaitSettled();
            long agent = stack.agent().pid();
            long control = stack.control().pid();
            ProcessCost agentBefore = ProcessCost.of(agent);
            ProcessCost controlBefore = ProcessCost.of(control);
            var watch = new Stopwatch();
            while (watch.seconds() < options.idle().toSeconds()) {
                LockSupport.parkNanos(1_000_000_000);
            }
            double seconds = watch.seconds();
            return figures(
                    agentBefore,
                    ProcessCost.of(agent),
                    controlBefore,
                    ProcessCost.of(control),
                    seconds);
        }
    }

    private static List<Figure> figures(
            ProcessCost agentBefore,
            ProcessCost agent,
            ProcessCost controlBefore,
            ProcessCost control,
            double seconds) {
        Map<String, Double> window = Map.of("seconds", seconds);
        return List.of(
                Figure.of("agent: resident, idle", agent.residentMegabytes(), "MB", window)
                        .below(50),
                Figure.of(
                                "agent: CPU, idle",
                                ProcessCost.percentOfACore(agentBefore, agent, seconds),
                                "%",
                                window)
                        .below(1),
                Figure.of(
                                "control plane: resident, idle",
                                control.residentMegabytes(),
                                "MB",
                                window)
                        .below(350),
                Figure.of(
                        "control plane: CPU, idle",
                        ProcessCost.percentOfACore(controlBefore, control, seconds),
                        "%",
                        window));
    }
}
