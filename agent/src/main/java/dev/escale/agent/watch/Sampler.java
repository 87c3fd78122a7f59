package dev.escale.agent.watch;

import dev.escale.agent.link.Uplink;
import dev.escale.protocol.FromAgent;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sends a sample every 2 s while a connection stands, and measures nothing otherwise. The list of
 * processes costs PM2 a serialization of all it knows, so it is asked for every 10 s.
 */
public final class Sampler {
    private static final System.Logger LOG = System.getLogger(Sampler.class.getName());
    private static final long PERIOD = TimeUnit.SECONDS.toMillis(2);
    private static final int LIST_EVERY = 5;
    private static final int TIDY_EVERY = 60;
    private static final int TIDY_FIRST = 10;

    private final Meter meter;
    private final AppProcesses apps;
    private final Uplink uplink;
    private List<AppProcess> known = List.of();

    public Sampler(Meter meter, AppProcesses apps, Uplink uplink) {
        this.meter = meter;
        this.apps = apps;
        this.uplink = uplink;
    }

    /** Runs until interrupted. */
    public void run() {
        try {
            for (int round = 0; ; round++) {
                Thread.sleep(PERIOD);
                if (uplink.connection() != 0) {
                    tick(round);
                }
                if (round % TIDY_EVERY == TIDY_FIRST) {
                    System.gc(); // after a deployment most of the heap is garbage; the flags let
                    // it shrink
                    ColdPages.release();
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void tick(int round) throws InterruptedException {
        if (round % LIST_EVERY == 0) {
            known = apps.running();
        }
        try {
            uplink.offer(new FromAgent.Sample(meter.sample(known)));
        } catch (IOException unreadable) {
            LOG.log(System.Logger.Level.WARNING, "no sample: {0}", unreadable.getMessage());
        }
    }
}
