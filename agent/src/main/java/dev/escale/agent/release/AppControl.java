package dev.escale.agent.release;

import dev.escale.protocol.AppAction;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Starts, stops and restarts an app without a deployment. A restart is a switch like any other. */
record AppControl(ServingHost host, AppStates states, Certificates certificates) {
    Outcome act(String app, AppAction action) throws IOException, InterruptedException {
        Optional<AppState> state = states.load(app);
        Instance serving = state.map(AppState::serving).orElse(null);
        if (state.isEmpty() || serving == null) {
            return new Outcome.Failed(Note.of(Notes.APP_UNKNOWN));
        }
        var desk = AppDesk.of(host, states, certificates, state.get());
        ReleasePlan plan = desk.releases().find(serving.release()).orElse(null);
        if (plan == null) {
            return new Outcome.Failed(Delivery.missing(serving.release()));
        }
        try {
            switch (action) {
                case STOP -> stop(desk, serving);
                case START -> start(desk, serving, plan);
                case RESTART -> restart(desk, serving, plan);
            }
            return new Outcome.Done();
        } catch (RolloutFailed failure) {
            return new Outcome.Failed(failure.reason());
        }
    }

    private void stop(AppDesk desk, Instance serving) throws IOException, InterruptedException {
        new Traffic(desk).stop(serving.release());
        desk.save(desk.state().stopped(true)); // first, so that nobody takes it for a death
        if (serving.hasProcess()) {
            desk.process().endAll();
        }
        host.pm2().save();
    }

    static void start(AppDesk desk, Instance serving, ReleasePlan plan)
            throws RolloutFailed, IOException, InterruptedException {
        var traffic = new Traffic(desk);
        if (serving.hasProcess()) {
            new WayBack(desk, traffic).run(serving, plan, desk.state().env());
        }
        desk.writeSite(plan);
        traffic.point(serving.alone(), plan);
        desk.save(desk.state().stopped(false));
        if (serving.hasProcess()) {
            desk.host().pm2().save();
        }
    }

    private void restart(AppDesk desk, Instance serving, ReleasePlan plan)
            throws RolloutFailed, IOException, InterruptedException {
        if (desk.state().stopped() || !serving.hasProcess()) {
            start(desk, serving, plan);
            return;
        }
        var candidate = new Candidate("", serving.release(), false, desk.state().env());
        var running = new Running("", desk.state().spec().id());
        var unwatched = new Watch(host.pm2(), Duration.ZERO, () -> false);
        Attempt unfinished = desk.state().attempt(); // which no recovery could conclude
        try {
            new Rollout(
                            desk,
                            candidate,
                            plan,
                            new Course(new Unheard(), () -> {}),
                            running,
                            unwatched)
                    .run();
        } finally {
            desk.save(desk.state().with(unfinished));
        }
    }
}
