package dev.escale.agent.release;

import dev.escale.protocol.AppAction;
import dev.escale.protocol.Holding;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What this server serves, and every way to change it.
 *
 * <p>{@link #deploy} and {@link #serve} block until the deployment has ended and its reporter was
 * told so; a second one of the same app waits until the first has switched, then builds, and waits
 * with its rollout until the first is watched no longer. All else may be called at any time from
 * any thread, and a build keeps none of it waiting.
 *
 * <pre>
 * expect ── deploy or serve ── forget
 *    └─────── cancel ───────────┘   counts whenever it comes
 * </pre>
 */
public interface Deployments {
    /** A deployment will come: from now on it can be cancelled, and ends as soon as it begins. */
    void expect(String deployment, String app);

    void deploy(Order.Deploy order, DeploymentReporter reporter);

    void serve(Order.Serve order, DeploymentReporter reporter);

    /**
     * Ends the deployment and all it started, if it has not switched yet; returns when that is so.
     */
    void cancel(String deployment);

    /** A deployment that was expected is over, or does not come after all. */
    void forget(String deployment);

    /**
     * A rollback waits behind the deployment of this app that is under way: if that has switched,
     * its watch ends now.
     */
    void hurry(String app);

    /** Ends what is under way of this app and has not switched: it is to be removed. */
    void giveUp(String app);

    Outcome control(String app, AppAction action);

    Outcome remove(String app);

    /**
     * @param app null for all apps
     */
    List<Holding> survey(@Nullable String app);

    void install(Order.InstallCertificate certificate);

    /** There will be no certificate: a deployment that waits for it fails at once. */
    void refuse(Order.RefuseCertificate refusal);

    Optional<AppLogFiles> logs(String app);

    /**
     * After a start of the agent, before commands are taken: finishes or takes back what was half
     * done, brings back apps that should run and do not, removes strays. From then on looks after
     * them: processes that vanished with PM2, certificates that end.
     *
     * <p>From then on tells how the apps' processes are.
     */
    void recover(Reports reports);
}
