package dev.escale.bench;

import dev.escale.testkit.stack.App;
import dev.escale.testkit.stack.LocalStack;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Memory and CPU of agent and control plane while nothing happens, with one app that runs: looked
 * at every ten seconds. The bound holds for the last third of the time, when what the start and the
 * deployment needed has been given back; the most of the whole time is told beside it.
 */
final class IdleCost implements Benchmark {
    private static final long LOOK = 10_000_000_000L;

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
            var agent = new Program("agent", stack.agent().pid());
            var control = new Program("control plane", stack.control().pid());
            var watch = new Stopwatch();
            while (watch.seconds() < options.idle().toSeconds()) {
                LockSupport.parkNanos(LOOK);
                agent.look();
                control.look();
            }
            var figures = new ArrayList<Figure>();
            figures.addAll(agent.figures(watch.seconds(), 50, 1));
            figures.addAll(control.figures(watch.seconds(), 350, 100));
            return figures;
        }
    }

    private static final class Program {
        private final String name;
        private final long pid;
        private final ProcessCost before;
        private final List<ProcessCost> looks = new ArrayList<>();

        Program(String name, long pid) {
            this.name = name;
            this.pid = pid;
            this.before = ProcessCost.of(pid);
        }

        void look() {
            looks.add(ProcessCost.of(pid));
        }

        List<Figure> figures(double seconds, double megabytes, double percent) {
            List<Double> memory = looks.stream().map(ProcessCost::memoryMegabytes).toList();
            List<Double> settled = memory.subList(memory.size() * 2 / 3, memory.size());
            Map<String, ?> details = Map.of("seconds", seconds, "looks", memory);
            return List.of(
                    Figure.of(
                                    name + ": memory, idle (most of the last third)",
                                    Collections.max(settled),
                                    "MB",
                                    details)
                            .below(megabytes),
                    Figure.of(
                            name + ": memory, idle (most of all)",
                            Collections.max(memory),
                            "MB",
                            Map.of()),
                    Figure.of(
                                    name + ": CPU, idle",
                                    ProcessCost.percentOfACore(before, looks.getLast(), seconds),
                                    "%",
                                    details)
                            .below(percent));
        }
    }
}
