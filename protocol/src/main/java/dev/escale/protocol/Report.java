package dev.escale.protocol;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must not be lost on its way up. Sent inside {@link FromAgent.Durable}. */
@Json(typeProperty = "report")
@Json.SubType(type = Report.CommandDone.class, name = "commandDone")
@Json.SubType(type = Report.StepChanged.class, name = "stepChanged")
@Json.SubType(type = Report.Output.class, name = "output")
@Json.SubType(type = Report.Detected.class, name = "detected")
@Json.SubType(type = Report.Switched.class, name = "switched")
@Json.SubType(type = Report.Ended.class, name = "ended")
@Json.SubType(type = Report.CertificateWanted.class, name = "certificateWanted")
@Json.SubType(type = Report.AppChanged.class, name = "appChanged")
@Json.SubType(type = Report.Dropped.class, name = "dropped")
public sealed interface Report {

    @Json
    record CommandDone(String command, Outcome outcome) implements Report {}

    /**
     * A step began or ended. Reported again with a new state, never taken back.
     *
     * @param seconds how long it took, when it has ended
     * @param note what a person should know of it
     */
    @Json
    record StepChanged(
            String deployment,
            Step step,
            StepState state,
            Instant at,
            @Nullable Double seconds,
            @Nullable Note note)
            implements Report {}

    /**
     * @param first number of the first line, from 1; lines come without gaps, in order, masked
     */
    @Json
    record Output(String deployment, long first, List<OutputLine> lines) implements Report {}

    /** What was found in the repository, shown on the page with its sources. */
    @Json
    record Detected(
            String deployment, String commit, String subject, String author, List<Finding> findings)
            implements Report {}

    /**
     * The release answered through Nginx under its URL: from now on it is live. The watch goes on.
     */
    @Json
    record Switched(String deployment, String app, long release, Instant at, @Nullable Integer port)
            implements Report {}

    /**
     * The deployment is over, and this is what is true now.
     *
     * @param serving release that serves after it; null when none does
     * @param reason why, unless it is live
     * @param evidence the last lines of the app or build that show the reason
     */
    @Json
    record Ended(
            String deployment,
            String app,
            Ending ending,
            @Nullable Long serving,
            @Nullable Note reason,
            List<OutputLine> evidence)
            implements Report {}

    /**
     * @param csr PKCS#10 PEM; its key was made on the server and stays there
     */
    @Json
    record CertificateWanted(String app, List<String> names, String csr) implements Report {}

    /**
     * The app's process changed by itself or by {@link Order.ControlApp}. (Not {@code state}: avaje
     * mixes names up when two kinds of a sealed type have parts of one name and different types.)
     */
    @Json
    record AppChanged(String app, AppState appState, @Nullable Note note) implements Report {}

    /** The outbox reached its bound while the link was away; this many reports are missing. */
    @Json
    record Dropped(long reports) implements Report {}
}
