package dev.escale.agent.release;

import dev.escale.agent.nginx.LiveLink;
import dev.escale.agent.pm2.Pm2Process;
import dev.escale.protocol.EnvValue;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes an instance that served before serve again. */
record WayBack(AppDesk desk, Traffic traffic) {
    /**
     * @param old null when nothing served before: then the site says that the app is stopped
     * @param stopped whether its process was ended on purpose, and so must be started
     */
    void to(@Nullable Instance old, Map<String, EnvValue> env, boolean stopped)
            throws RolloutFailed, IOException, InterruptedException {
        if (old == null) {
            var target = desk.link().read();
            if (target.isPresent()) {
                traffic.stop(target.get().release());
            }
            desk.save(desk.state().serving(null, env));
            return;
        }
        ReleasePlan plan =
                desk.releases()
                        .find(old.release())
                        .orElseThrow(
                                () ->
                                        new RolloutFailed(
                                                Note.of(
                                                        Notes.RELEASE_MISSING,
                                                        "release",
                                                        Long.toString(old.release()))));
        if (!stopped && servesFiles() != old.hasProcess()) {
            traffic.point(old.alone(), plan);
        }
        if (old.hasProcess()) {
            run(old, plan, env);
        } else if (plan.documentRoot() != null) {
            desk.link().lend(plan.documentRoot());
        }
        desk.writeSite(plan);
        traffic.point(old.alone(), plan);
        desk.save(desk.state().serving(old, env));
    }

    private boolean servesFiles() throws IOException {
        return desk.link().read().filter(now -> now.route() == LiveLink.Route.FILES).isPresent();
    }

    /** Starts it unless it runs, and waits until it is well; one that runs is not asked. */
    void run(Instance instance, ReleasePlan plan, Map<String, EnvValue> env)
            throws RolloutFailed, IOException, InterruptedException {
        if (listed(instance).filter(HealthCheck::alive).isEmpty()) {
            start(instance, plan, env);
        }
    }

    /** One that runs has its time to become well, too. One that died is not started again. */
    void ensureWell(Instance instance, ReleasePlan plan, Map<String, EnvValue> env)
            throws RolloutFailed, IOException, InterruptedException {
        Optional<Pm2Process> process = listed(instance);
        if (process.isPresent()) {
            long began = System.currentTimeMillis();
            awaitWell(instance, plan, env, process.get(), began);
        } else {
            start(instance, plan, env);
        }
    }

    void start(Instance instance, ReleasePlan plan, Map<String, EnvValue> env)
            throws RolloutFailed, IOException, InterruptedException {
        Slot slot = desk.freshSlot(instance.place());
        long began = System.currentTimeMillis();
        Pm2Process process = desk.process().start(plan, instance.release(), slot.given(), env);
        awaitWell(instance, plan, env, process, began);
    }

    private void awaitWell(
            Instance instance,
            ReleasePlan plan,
            Map<String, EnvValue> env,
            Pm2Process process,
            long began)
            throws RolloutFailed, IOException, InterruptedException {
        Slot slot = desk.state().slot(instance.place());
        Integer fixed = plan.fixedPort();
        HealthResult result =
                new HealthCheck(plan, desk.names().getFirst().text(), desk.host().pm2())
                        .await(process, fixed == null ? slot.given() : fixed);
        if (!(result instanceof HealthResult.Healthy(var endpoint))) {
            throw new RolloutFailed(
                    result.note(), desk.process().evidence(instance.release(), env, began).lines());
        }
        desk.save(desk.state().with(instance.place(), slot.listeningAt(endpoint)));
    }

    private Optional<Pm2Process> listed(Instance instance)
            throws IOException, InterruptedException {
        return desk.process().at(desk.state().slot(instance.place()).given());
    }
}
