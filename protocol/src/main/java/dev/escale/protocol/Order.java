package dev.escale.protocol;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The closed list of what an agent can be asked for: outcomes, never shell text. Each is answered
 * by one {@link Report.CommandDone}; deployments report their course in between.
 */
@Json(typeProperty = "order")
@Json.SubType(type = Order.Deploy.class, name = "deploy")
@Json.SubType(type = Order.Serve.class, name = "serve")
@Json.SubType(type = Order.Cancel.class, name = "cancel")
@Json.SubType(type = Order.InstallCertificate.class, name = "installCertificate")
@Json.SubType(type = Order.RefuseCertificate.class, name = "refuseCertificate")
@Json.SubType(type = Order.ControlApp.class, name = "controlApp")
@Json.SubType(type = Order.RemoveApp.class, name = "removeApp")
@Json.SubType(type = Order.Survey.class, name = "survey")
@Json.SubType(type = Order.FollowAppLog.class, name = "followAppLog")
@Json.SubType(type = Order.Unfollow.class, name = "unfollow")
@Json.SubType(type = Order.Leave.class, name = "leave")
public sealed interface Order {

    /**
     * Make this commit release {@code release} of the app and serve it. Runs for minutes; a second
     * deployment of the same app waits for the first. The command is done when the watch after the
     * switch has ended, or the deployment failed.
     *
     * @param env everything the app's process gets; see {@link EnvValue} for secrets
     */
    @Json
    record Deploy(
            String deployment,
            AppSpec spec,
            long release,
            Source source,
            Overrides overrides,
            Map<String, EnvValue> env,
            Limits limits)
            implements Order {
        public Deploy within(Limits others) {
            return new Deploy(deployment, spec, release, source, overrides, env, others);
        }
    }

    /**
     * Serve a release that is kept on disk, without a build, with this environment: a rollback or
     * changed settings.
     */
    @Json
    record Serve(
            String deployment, AppSpec spec, long release, Map<String, EnvValue> env, Limits limits)
            implements Order {
        public Serve within(Limits others) {
            return new Serve(deployment, spec, release, env, others);
        }
    }

    /**
     * End this deployment and everything it started, if it has not switched yet. Answered when that
     * is true.
     */
    @Json
    record Cancel(String deployment) implements Order {}

    /**
     * @param chain PEM, leaf first, for the key whose CSR {@link Report.CertificateWanted} carried
     */
    @Json
    record InstallCertificate(String app, List<String> names, String chain) implements Order {}

    /**
     * The other answer to {@link Report.CertificateWanted}: who waits for it need not wait longer.
     */
    @Json
    record RefuseCertificate(String app, List<String> names, Note reason) implements Order {}

    @Json
    record ControlApp(String app, AppAction action) implements Order {}

    /** Remove everything Escale put on the server for this app, and nothing else. */
    @Json
    record RemoveApp(String app) implements Order {}

    /**
     * What {@link RemoveApp} (or without app, {@link Leave}) would remove; answered with {@link
     * Outcome.Surveyed}.
     */
    @Json
    record Survey(@Nullable String app) implements Order {}

    /**
     * Send the app's output as {@link FromAgent.Lines} until {@link Unfollow} or the end of the
     * connection.
     */
    @Json
    record FollowAppLog(String stream, String app, int backlog) implements Order {}

    @Json
    record Unfollow(String stream) implements Order {}

    /** Remove all apps and then the agent itself. The answer is sent before the agent ends. */
    @Json
    record Leave() implements Order {}
}
