package dev.escale.agent.release;

import dev.escale.agent.nginx.NginxRefused;
import dev.escale.agent.pm2.Pm2Process;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts a host right after a start of the agent: whether it was killed, or the host rebooted, or PM2
 * died meanwhile.
 */
record Recovery(
        ServingHost host,
        AppStates states,
        Certificates certificates,
        Queue queue,
        Reports reports) {
    /** An app that does not come back must not keep the agent away from its link. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final System.Logger LOG = System.getLogger(Recovery.class.getName());

    /** What is broken in one place keeps nothing else from being put right. */
    void run() {
        try {
            part("PM2 cannot be put right", this::preparePm2);
            part("not all apps can be recovered", this::recoverApps);
            part("Nginx does not start", this::startNginx);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Part {
        void run(List<AppState> all) throws IOException, NginxRefused, InterruptedException;
    }

    private void part(String trouble, Part part) throws InterruptedException {
        try {
            part.run(states.all());
        } catch (NginxRefused | IOException | RuntimeException failure) {
            LOG.log(System.Logger.Level.ERROR, trouble, failure);
        }
    }

    private void preparePm2(List<AppState> all) throws IOException, InterruptedException {
        if (all.stream().anyMatch(AppState::runs)) {
            host.pm2().ensureRunning();
        }
        endProcessesOfNoApp();
    }

    private void recoverApps(List<AppState> all) throws InterruptedException {
        List<Thread> threads =
                all.stream()
                        .map(state -> Thread.startVirtualThread(() -> recoverInTurn(state)))
                        .toList();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (Thread thread : threads) {
            thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
    }

    private void startNginx(List<AppState> all)
            throws IOException, NginxRefused, InterruptedException {
        if (!all.isEmpty()) {
            host.sites().ensureRunning();
        }
    }

    /** For an app whose process is gone, unless something is under way with it. */
    void bringBack(String app) throws InterruptedException {
        var turn = queue.take(app);
        if (turn.isPresent()) {
            try (var _ = turn.get()) {
                LOG.log(System.Logger.Level.WARNING, "{0} is gone; starting it", app);
                attempt(app, this::bringBack);
            }
        }
    }

    /** Asks for a new certificate when the one in use ends soon. */
    void renew(String app) throws InterruptedException {
        attempt(app, this::renew);
    }

    private interface Care {
        void take(AppDesk desk) throws IOException, RolloutFailed, InterruptedException;
    }

    private void attempt(String app, Care care) throws InterruptedException {
        try {
            AppState state = states.load(app).orElse(null);
            if (state != null) {
                care.take(AppDesk.of(host, states, certificates, state));
            }
        } catch (RolloutFailed failure) {
            LOG.log(System.Logger.Level.ERROR, "{0} is down: {1}", app, failure.getMessage());
        } catch (IOException | RuntimeException failure) {
            LOG.log(System.Logger.Level.ERROR, app + " cannot be recovered", failure);
        }
    }

    /**
     * One app in trouble does not keep the others waiting. Nothing of it is built meanwhile: what a
     * build left behind is ended by its user.
     */
    private void recoverInTurn(AppState state) {
        String app = state.spec().id();
        try (var _ = queue.awaitDeployment(app, false);
                var _ = queue.await(app, false)) {
            recover(state);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void recover(AppState state) throws InterruptedException {
        String app = state.spec().id();
        Attempt attempt = state.attempt();
        Building building = building(app, attempt);
        DeploymentReporter builds =
                building == null ? new Unheard() : reports.resume(building.deployment(), app);
        if (attempt != null) {
            boolean restart = attempt.deployment().isEmpty();
            DeploymentReporter reporter =
                    restart ? new Unheard() : reports.resume(attempt.deployment(), app);
            attempt(app, desk -> new Unfinished(desk, queue).conclude(attempt, reporter));
        }
        if (building != null) {
            attempt(app, desk -> new Unfinished(desk, queue).discard(building, builds));
        }
        attempt(app, this::bringBack);
        attempt(app, this::endStrays);
        attempt(app, this::renew);
    }

    /** One that had just begun its rollout stands in both files: as what is rolled out. */
    private @Nullable Building building(String app, @Nullable Attempt attempt) {
        try {
            Building found = new BuildingFile(states.folder(app)).read().orElse(null);
            boolean builds =
                    found != null
                            && (attempt == null
                                    || !attempt.deployment().equals(found.deployment()));
            return builds ? found : null;
        } catch (IOException unreadable) {
            LOG.log(System.Logger.Level.ERROR, "cannot tell what builds of " + app, unreadable);
            return null;
        }
    }

    private void bringBack(AppDesk desk) throws IOException, RolloutFailed, InterruptedException {
        Instance serving = desk.state().serving();
        if (serving == null || desk.state().stopped()) {
            return;
        }
        ReleasePlan plan =
                desk.releases()
                        .find(serving.release())
                        .orElseThrow(() -> new RolloutFailed(Delivery.missing(serving.release())));
        AppControl.start(desk, serving, plan);
    }

    /** Of apps that were removed. */
    private void endProcessesOfNoApp() throws IOException, InterruptedException {
        List<String> apps = states.apps();
        for (Pm2Process process : host.pm2().list()) {
            if (!apps.contains(process.app())) {
                host.pm2().delete(process, AppProcess.KILL_TIMEOUT);
            }
        }
    }

    /** Processes that it does not serve from, such as of a deployment that never ended. */
    private void endStrays(AppDesk desk) throws IOException, InterruptedException {
        AppState state = desk.state();
        if (state.attempt() != null) {
            return; // it could not be brought to its end, and what it began is still wanted
        }
        for (Pm2Process process : host.pm2().of(state.spec().id())) {
            if (!state.servesFrom(process)) {
                host.pm2().delete(process, AppProcess.KILL_TIMEOUT);
                host.pm2().save();
            }
        }
    }

    private void renew(AppDesk desk) throws IOException, RolloutFailed, InterruptedException {
        String app = desk.state().spec().id();
        if (desk.state().serving() != null && !certificates.good(app, desk.names())) {
            reports.certificateWanted(
                    app, desk.state().spec().names(), certificates.request(app, desk.names()));
        }
    }
}
