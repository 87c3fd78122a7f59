package dev.escale.agent.release;

import dev.escale.agent.pm2.Pm2Process;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells when the process of an app changed: at the first look how each is, and from then on what is
 * new. Deployments tell of what they change themselves.
 */
final class Conditions {
    private final Reports reports;
    private final Map<String, Condition> known = new HashMap<>();

    Conditions(Reports reports) {
        this.reports = reports;
    }

    synchronized void look(List<AppState> apps, List<Pm2Process> processes) {
        for (AppState app : apps) {
            look(app, processes);
        }
        known.keySet().retainAll(apps.stream().map(app -> app.spec().id()).toList());
    }

    synchronized void look(AppState app, List<Pm2Process> processes) {
        String id = app.spec().id();
        condition(app, processes)
                .ifPresent(
                        now -> {
                            Condition before = known.put(id, now);
                            if (!now.sameAs(before)) {
                                reports.appChanged(id, now.state(), now.note());
                            }
                        });
    }

    /** Empty while nothing serves, and while a deployment moves processes about. */
    private Optional<Condition> condition(AppState app, List<Pm2Process> processes) {
        Instance serving = app.serving();
        Attempt attempt = app.attempt();
        if (serving == null || attempt != null && attempt.next() != null) {
            return Optional.empty();
        }
        if (app.stopped()) {
            return Optional.of(Condition.without(dev.escale.protocol.AppState.STOPPED));
        }
        if (!serving.hasProcess()) {
            return Optional.of(Condition.without(dev.escale.protocol.AppState.SERVING));
        }
        String id = app.spec().id();
        int port = app.slot(serving.place()).given();
        return Optional.of(
                processes.stream()
                        .filter(process -> process.app().equals(id) && process.port() == port)
                        .findFirst()
                        .map(process -> Condition.of(process, known.get(id)))
                        .orElseGet(Condition::gone));
    }
}
