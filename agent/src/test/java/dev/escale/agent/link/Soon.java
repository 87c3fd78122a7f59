package dev.escale.agent.link;

import java.util.random.RandomGenerator;

/** Chance that always chooses the shortest wait. */
final class Soon implements RandomGenerator {
    @Override
    public long nextLong() {
        return 0;
    }

    @Override
    public long nextLong(long origin, long bound) {
        return Math.min(origin, 20);
    }
}
