package dev.escale.agent.release;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The deployments that are expected or run. */
final class Underway {
    private final Map<String, Running> running = new ConcurrentHashMap<>();

    void expect(String deployment, String app) {
        running.put(deployment, new Running(deployment, app));
    }

    /** The calling thread carries it out. */
    Running begin(String deployment, String app) {
        Running now = running.computeIfAbsent(deployment, id -> new Running(id, app));
        now.begin();
        return now;
    }

    void forget(String deployment) {
        Running over = running.remove(deployment);
        if (over != null) {
            over.over();
        }
    }

    /** Returns when it has ended, or cannot be stopped any more. */
    void cancel(String deployment) {
        Running now = running.get(deployment);
        if (now != null && now.stop(Running.Stop.CANCELLED)) {
            try {
                now.awaitEnd();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Stops what runs of an app; what waits behind that is not touched. */
    void cancelRunning(String app) {
        running.values().stream()
                .filter(now -> now.app().equals(app) && now.begun())
                .forEach(now -> now.stop(Running.Stop.CANCELLED));
    }
}
