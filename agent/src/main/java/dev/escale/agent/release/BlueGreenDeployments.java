package dev.escale.agent.release;

import dev.escale.protocol.AppAction;
import dev.escale.protocol.Holding;
import dev.escale.protocol.Limits;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deployments as blue-green switches between two places of an app. */
public final class BlueGreenDeployments implements Deployments {
    private static final Duration WATCH = Duration.ofSeconds(10);
    private static final Duration CERTIFICATE = Duration.ofSeconds(60);

    private final ServingHost host;
    private final Builder builder;
    private final HostLimits limits;
    private final InstantSource clock;
    private final ClosedPorts closedPorts;
    private final AppStates states;
    private final Certificates certificates;
    private final Queue queue = new Queue();
    private final Underway underway = new Underway();
    private final Deliveries deliveries;
    private volatile @Nullable Conditions conditions;

    public BlueGreenDeployments(ServingHost host, Builder builder, HostLimits limits) {
        this(host, builder, limits, WATCH, InstantSource.system());
    }

    BlueGreenDeployments(
            ServingHost host,
            Builder builder,
            HostLimits limits,
            Duration watch,
            InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
        this.host = host;
        this.builder = builder;
        this.closedPorts = new ClosedPorts(PortGuard.of(host));
        this.states = new AppStates(host.home(), closedPorts::close);
        this.certificates = new Certificates(host.home(), host.shell(), clock, CERTIFICATE);
        this.deliveries = new Deliveries(host, states, certificates, queue, underway, watch);
    }

    @Override
    public void expect(String deployment, String app) {
        underway.expect(deployment, app);
    }

    @Override
    public void forget(String deployment) {
        underway.forget(deployment);
    }

    @Override
    public void deploy(Order.Deploy order, DeploymentReporter reporter) {
        Limits own = limits.over(order.limits());
        deliveries.perform(
                new Deliveries.Task(order.deployment(), order.spec(), own, false),
                reporter,
                delivery -> delivery.deploy(order.within(own), builder));
    }

    @Override
    public void serve(Order.Serve order, DeploymentReporter reporter) {
        Limits own = limits.over(order.limits());
        deliveries.perform(
                new Deliveries.Task(order.deployment(), order.spec(), own, true),
                reporter,
                delivery -> delivery.serve(order.within(own)));
    }

    @Override
    public void cancel(String deployment) {
        underway.cancel(deployment);
    }

    @Override
    public void hurry(String app) {
        queue.hurry(app);
    }

    @Override
    public void giveUp(String app) {
        underway.cancelRunning(app);
    }

    @Override
    public Outcome control(String app, AppAction action) {
        return exclusively(
                app,
                () -> {
                    Outcome outcome = new AppControl(host, states, certificates).act(app, action);
                    tell(app);
                    return outcome;
                });
    }

    @Override
    public Outcome remove(String app) {
        giveUp(app);
        try (var _ = queue.awaitDeployment(app, true)) {
            return exclusively(app, () -> removal().remove(app));
        } catch (InterruptedException stop) {
            return interrupted();
        }
    }

    @Override
    public List<Holding> survey(@Nullable String app) {
        try {
            return removal().survey(app == null ? states.apps() : List.of(app));
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    @Override
    public void install(Order.InstallCertificate order) {
        try {
            Optional<Note> refused = certificates.install(order);
            if (refused.isPresent()) {
                throw new IllegalArgumentException(refused.get().toString());
            }
            if (host.sites().file(order.app()).isPresent()) {
                host.sites().reload();
            }
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        } catch (dev.escale.agent.nginx.NginxRefused refused) {
            throw new IllegalStateException(refused);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void refuse(Order.RefuseCertificate refusal) {
        certificates.refuse(refusal.app(), refusal.reason());
    }

    @Override
    public Optional<AppLogFiles> logs(String app) {
        try {
            return states.load(app)
                    .map(state -> AppDesk.of(host, states, certificates, state).process().logs());
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    /** Those of all apps that are here. */
    public void closePorts() throws IOException, InterruptedException {
        closedPorts.keep(states.ports());
    }

    @Override
    public void recover(Reports reports) {
        keeper(reports).start();
    }

    /** Recovers, and gives the one who looks after the apps from then on. */
    Keeper keeper(Reports reports) {
        var recovery = new Recovery(host, states, certificates, queue, reports);
        recovery.run();
        var now = new Conditions(reports);
        conditions = now;
        return new Keeper(host, states, recovery, now, closedPorts, clock);
    }

    /** At once, so that who asked for the change sees it when it is answered. */
    private void tell(String app) throws IOException, InterruptedException {
        Conditions now = conditions;
        Optional<AppState> state = states.load(app);
        if (now != null && state.isPresent()) {
            now.look(state.get(), host.pm2().list());
        }
    }

    private interface Change {
        Outcome run() throws IOException, InterruptedException;
    }

    private Outcome exclusively(String app, Change change) {
        try (var _ = queue.await(app, true)) {
            return change.run();
        } catch (IOException failure) {
            return new Outcome.Failed(RolloutFailed.of(failure).reason());
        } catch (IllegalArgumentException nonsense) {
            return new Outcome.Failed(Note.of(Notes.APP_UNKNOWN));
        } catch (InterruptedException stop) {
            return interrupted();
        }
    }

    private static Outcome interrupted() {
        Thread.currentThread().interrupt();
        return new Outcome.Failed(Note.of(Notes.AGENT_RESTARTED));
    }

    private Removal removal() {
        return new Removal(host, states, certificates);
    }
}
