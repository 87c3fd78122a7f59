package dev.escale.bench;

import dev.escale.testkit.Workplace;
import dev.escale.testkit.control.ControlProcess;
import dev.escale.testkit.control.ControlSettings;
import dev.escale.testkit.control.Guest;
import dev.escale.testkit.control.Postgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * From sending the form of an invitation to being signed in with a new account: all that signing in
 * does, and an account, a membership and their entries in the record besides.
 */
final class SignInTime implements Benchmark {
    /** Links are limited by address: each guest uses two of the sixty of a minute. */
    private static final int GUESTS = 28;

    private static final int WARM_UP = 4;

    @Override
    public String name() {
        return "sign-in";
    }

    @Override
    public List<Figure> measure(Options options) {
        try (Workplace workplace = Workplace.fresh();
                Postgres postgres = Postgres.start()) {
            ControlSettings local = ControlSettings.local(workplace.folder().resolve("control"));
            return List.of(
                    figure("SQLite", local),
                    figure(
                            "PostgreSQL",
                            ControlSettings.local(workplace.folder().resolve("other"))
                                    .with(postgres)));
        }
    }

    private static Figure figure(String database, ControlSettings settings) {
        var millis = new ArrayList<Double>();
        try (ControlProcess control = ControlProcess.start(settings)) {
            for (int number = 0; number < GUESTS; number++) {
                var guest = new Guest(control);
                guest.arrive();
                var watch = new Stopwatch();
                guest.signIn("Guest " + number);
                if (number >= WARM_UP) {
                    millis.add(watch.millis());
                }
            }
        }
        return Figure.of(
                        "joining and signing in, " + database + " (p95)",
                        new Times(millis).percentile(95),
                        "ms",
                        Map.of("runs", millis, "load", Machine.load()))
                .below(100);
    }
}
