package dev.escale.agent.release;

import dev.escale.protocol.Step;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The certificate that a deployment needs, asked for beside its build. The step is reported only
 * when there is something to do.
 */
final class WantedCertificate implements AutoCloseable {
    private final AppDesk desk;
    private final Course course;
    private final FutureTask<Boolean> task = new FutureTask<>(this::have);

    private WantedCertificate(AppDesk desk, Course course) {
        this.desk = desk;
        this.course = course;
    }

    static WantedCertificate of(AppDesk desk, Course course) {
        var wanted = new WantedCertificate(desk, course);
        Thread.ofVirtual().name("certificate of " + desk.spec().id()).start(wanted.task);
        return wanted;
    }

    void await() throws RolloutFailed, IOException, InterruptedException {
        try {
            task.get();
        } catch (ExecutionException failure) {
            switch (failure.getCause()) {
                case RolloutFailed refused -> throw refused;
                case IOException broken -> throw broken;
                case InterruptedException stop -> throw stop;
                case null, default -> throw new IllegalStateException(failure.getCause());
            }
        }
    }

    /** Nobody waits for it any more. */
    @Override
    public void close() {
        task.cancel(true);
    }

    private boolean have() throws RolloutFailed, IOException, InterruptedException {
        String app = desk.spec().id();
        var names = desk.names();
        if (!desk.certificates().good(app, names)) {
            course.step(
                    Step.CERTIFICATE,
                    () -> {
                        desk.certificates().ensure(app, names, course.reporter());
                        return true;
                    });
        }
        return true;
    }
}
