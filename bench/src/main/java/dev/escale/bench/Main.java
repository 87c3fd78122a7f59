package dev.escale.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** {@code ./escale bench [NAME…]}. Exits 1 when a figure misses its bound, 2 on a wrong call. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        List<Benchmark> all =
                List.of(
                        new PushToLive(),
                        new RollbackTime(),
                        new CommandLag(),
                        new EventToPage(),
                        new ControlStart(),
                        new WaistCost(),
                        new SignInTime(),
                        new ApiLoad(),
                        new IdleCost());
        String known = all.stream().map(Benchmark::name).collect(Collectors.joining(", "));
        try {
            Options options = Options.parse(arguments);
            List<Benchmark> chosen =
                    all.stream()
                            .filter(
                                    b ->
                                            options.names().isEmpty()
                                                    || options.names().contains(b.name()))
                            .toList();
            if (chosen.size() < options.names().size()) {
                throw new IllegalArgumentException("an unknown name in " + options.names());
            }
            return measure(chosen, options) ? 0 : 1;
        } catch (IllegalArgumentException e) {
            System.err.println("escale: " + e.getMessage() + ". Usage: " + Options.USAGE + known);
            return 2;
        }
    }

    private static boolean measure(List<Benchmark> benchmarks, Options options) {
        var table = new ArrayList<Figure>();
        for (Benchmark benchmark : benchmarks) {
            System.err.println("measuring " + benchmark.name() + " …");
            List<Figure> figures = benchmark.measure(options);
            Report.write(benchmark.name(), figures);
            table.addAll(figures);
        }
        System.out.print(Report.table(table));
        return table.stream().allMatch(figure -> figure.good().orElse(true));
    }
}
