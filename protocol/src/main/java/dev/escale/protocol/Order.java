package dev.escale.protocol;

import dev.escale.protocol.log.LogSource;
import io.avaje.jsonb.Json;
import java.time.Instant;
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
@Json.SubType(type = Order.OpenLog.class, name = "openLog")
@Json.SubType(type = Order.SearchLog.class, name = "searchLog")
@Json.SubType(type = Order.CloseLog.class, name = "closeLog")
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
     * Send what these sources say as {@link FromAgent.LogLines}, no more lines than {@code credit}
     * and then {@link ToAgent.Credit} allow, until {@link CloseLog} or the end of the connection.
     *
     * @param query of {@link dev.escale.protocol.log.LogQuery}; lines that it does not match are
     *     neither sent nor counted
     * @param place where the reader was: a position for each file; files that are not named begin
     *     with the backlog
     * @param backlog how many of the last lines that match to begin with, of all files together
     * @param credit how many lines the reader takes before it says more
     */
    @Json
    record OpenLog(
            String stream,
            List<LogSource> sources,
            String query,
            Map<String, String> place,
            int backlog,
            int credit)
            implements Order {}

    /**
     * Send what these sources said, as {@link FromAgent.LogLines} and at the end one {@link
     * FromAgent.LogEnd}. It ends by itself after {@code limit} lines, at the end of the files, or
     * after {@code seconds}.
     *
     * @param since null: from the first line that is there
     * @param until null: to the last
     * @param place a position for each file from which to go; null: from the end of the range, or
     *     its beginning
     * @param backwards newest first, from {@code place} into the past
     */
    @Json
    record SearchLog(
            String stream,
            List<LogSource> sources,
            String query,
            @Nullable Instant since,
            @Nullable Instant until,
            @Nullable Map<String, String> place,
            boolean backwards,
            int limit,
            int seconds)
            implements Order {}

    /** Ends what {@link OpenLog} or {@link SearchLog} began. */
    @Json
    record CloseLog(String stream) implements Order {}

    /** Remove all apps and then the agent itself. The answer is sent before the agent ends. */
    @Json
    record Leave() implements Order {}
}
