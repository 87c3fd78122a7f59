package dev.escale.agent.command;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Work in order per app, and of different apps side by side, each on a virtual thread. Work that
 * throws takes nothing with it but itself, and work may let the next begin while it goes on.
 */
final class Lanes {
    private static final System.Logger LOG = System.getLogger(Lanes.class.getName());
    private static final int LONGEST = 100;

    private final Map<String, Deque<Work>> lanes = new HashMap<>();

    /**
     * @param deployment null when the work is none
     * @param cancelled what to do instead when it is taken out before it began
     */
    record Work(@Nullable String deployment, Task run, Runnable cancelled) {}

    /** What is to be done. */
    interface Task {
        /**
         * @param next lets the next in the lane begin; it does so at the end, too
         */
        void run(Runnable next);
    }

    /**
     * @return false when too much waits for this app already
     */
    synchronized boolean add(String app, Work work) {
        Deque<Work> lane = lanes.get(app);
        if (lane != null) {
            return lane.size() < LONGEST && lane.add(work);
        }
        lanes.put(app, new ArrayDeque<>());
        start(app, work);
        return true;
    }

    /** Takes out a deployment that has not begun. */
    synchronized Optional<Work> remove(String deployment) {
        for (Deque<Work> lane : lanes.values()) {
            for (Work work : lane) {
                if (deployment.equals(work.deployment())) {
                    lane.remove(work);
                    return Optional.of(work);
                }
            }
        }
        return Optional.empty();
    }

    private void start(String app, Work work) {
        Thread.ofVirtual().name("app " + app).start(() -> run(app, work));
    }

    private void run(String app, Work work) {
        var passed = new AtomicBoolean();
        Runnable passOn =
                () -> {
                    if (passed.compareAndSet(false, true)) {
                        next(app).ifPresent(next -> start(app, next));
                    }
                };
        try {
            work.run().run(passOn);
        } catch (RuntimeException | Error failure) {
            LOG.log(System.Logger.Level.ERROR, "work for " + app + " came to nothing", failure);
        }
        passOn.run();
    }

    private synchronized Optional<Work> next(String app) {
        Deque<Work> lane = lanes.get(app);
        if (lane == null || lane.isEmpty()) {
            lanes.remove(app);
            return Optional.empty();
        }
        return Optional.of(lane.removeFirst());
    }
}
