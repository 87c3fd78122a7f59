package dev.escale.agent.release;

import dev.escale.protocol.AppSpec;
import dev.escale.protocol.Ending;
import dev.escale.protocol.Limits;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out deployments, each when its turn has come. Whatever happens, its reporter is told. */
record Deliveries(
        ServingHost host,
        AppStates states,
        Certificates certificates,
        Queue queue,
        Underway underway,
        Duration watch) {

    /**
     * @param urgent a rollback, which nobody may keep waiting
     */
    record Task(String deployment, AppSpec spec, Limits limits, boolean urgent) {}

    /** What is to be delivered. */
    interface Step {
        void run(Delivery delivery) throws InterruptedException;
    }

    void perform(Task task, DeploymentReporter reporter, Step step) {
        String app = task.spec().id();
        Running now = underway.begin(task.deployment(), app);
        now.limit(Duration.ofSeconds(task.limits().totalSeconds()));
        var place = new Queue.Place(queue, app, task.urgent());
        try (var turn = place.awaitDeployment()) {
            var desk = AppDesk.open(host, states, certificates, task.spec());
            var look = new Watch(host.pm2(), watch, place::hurried);
            step.run(new Delivery(desk, new Course(reporter, turn::close), now, look, place));
        } catch (IllegalArgumentException nonsense) {
            Note note = Note.of(Notes.NAME_INVALID, "name", app);
            reporter.ended(Ending.FAILED, null, note, List.of());
        } catch (RolloutFailed refused) {
            tell(app, reporter, Verdict.failed(refused.reason()));
        } catch (IOException failure) {
            tell(app, reporter, Verdict.failed(RolloutFailed.of(failure).reason()));
        } catch (InterruptedException stop) {
            stoppedInLine(now, reporter);
        } finally {
            underway.forget(task.deployment());
        }
    }

    private void stoppedInLine(Running now, DeploymentReporter reporter) {
        switch (now.stopped()) {
            case NONE -> Thread.currentThread().interrupt();
            case CANCELLED -> tell(now.app(), reporter, Verdict.cancelled());
            case TIMED_OUT -> tell(now.app(), reporter, Verdict.failed(now.timedOut()));
        }
    }

    private void tell(String app, DeploymentReporter reporter, Verdict verdict) {
        try (var _ = queue.word(app)) {
            verdict.tell(reporter, serving(app));
        }
    }

    private @Nullable Long serving(String app) {
        try {
            Instance serving = states.load(app).map(AppState::serving).orElse(null);
            return serving == null ? null : serving.release();
        } catch (IOException unreadable) {
            return null;
        }
    }
}
