package dev.escale.agent.command;

import dev.escale.agent.release.AppLogFiles;
import dev.escale.agent.release.DeploymentReporter;
import dev.escale.agent.release.Deployments;
import dev.escale.agent.release.Reports;
import dev.escale.protocol.AppAction;
import dev.escale.protocol.Ending;
import dev.escale.protocol.Holding;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import dev.escale.protocol.Step;
import dev.escale.protocol.StepState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Deploys nothing, and writes down on disk what it was asked for. The slug of an app tells what
 * happens: {@code slow} waits until a file {@code go} is there, {@code watched} does so after its
 * switch, {@code fatal} ends the JVM as kill -9 does, {@code broken} throws, {@code deep} overflows
 * the stack. With a file {@code concluding} it takes until {@code go} to bring the first deployment
 * to its end after a start.
 */
final class FakeDeployments implements Deployments {
    private final Path home;

    FakeDeployments(Path home) {
        this.home = home;
    }

    @Override
    public void expect(String deployment, String app) {}

    @Override
    public void forget(String deployment) {}

    @Override
    public void deploy(Order.Deploy order, DeploymentReporter reporter) {
        write("deploy " + order.deployment());
        reporter.step(Step.BUILD, StepState.WORKING, null, null);
        reporter.line("build", "one line");
        switch (order.spec().slug()) {
            case "slow" -> awaitGo();
            case "fatal" -> Runtime.getRuntime().halt(137);
            case "broken" -> throw new IllegalStateException("nobody foresaw this");
            case "deep" -> throw new StackOverflowError();
            default -> write("went on");
        }
        reporter.switched(order.release(), 20000);
        if (order.spec().slug().equals("watched")) {
            awaitGo();
        }
        reporter.ended(Ending.LIVE, order.release(), null, List.of());
    }

    @Override
    public void serve(Order.Serve order, DeploymentReporter reporter) {
        write("serve " + order.deployment());
        reporter.ended(Ending.LIVE, order.release(), null, List.of());
    }

    @Override
    public void cancel(String deployment) {
        write("cancel " + deployment);
    }

    @Override
    public void hurry(String app) {}

    @Override
    public void giveUp(String app) {}

    @Override
    public Outcome control(String app, AppAction action) {
        write("control " + app);
        if (action == AppAction.STOP) {
            Runtime.getRuntime().halt(137);
        }
        return new Outcome.Done();
    }

    @Override
    public Outcome remove(String app) {
        write("remove " + app);
        return new Outcome.Done();
    }

    @Override
    public List<Holding> survey(@Nullable String app) {
        return List.of(new Holding("app_one", "releases", "/somewhere", 42));
    }

    @Override
    public void install(Order.InstallCertificate certificate) {
        write("install " + certificate.app());
    }

    @Override
    public void refuse(Order.RefuseCertificate refusal) {
        write("refuse " + refusal.app());
    }

    @Override
    public Optional<AppLogFiles> logs(String app) {
        return Optional.empty();
    }

    @Override
    public void recover(Reports reports) {
        write("recover");
        if (Files.exists(home.resolve("concluding"))) {
            DeploymentReporter reporter = reports.resume("dep_1", "app_1");
            Thread.ofVirtual()
                    .start(
                            () -> {
                                awaitGo();
                                reporter.ended(Ending.LIVE, 1L, null, List.of());
                            });
        }
    }

    private void awaitGo() {
        while (!Files.exists(home.resolve("go"))) {
            LockSupport.parkNanos(1_000_000); // two that spin would leave no carrier to the rest
        }
    }

    private synchronized void write(String what) {
        try {
            Files.writeString(
                    home.resolve("ran.log"),
                    what + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
