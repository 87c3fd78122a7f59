package dev.escale.control.deployment;

import dev.escale.control.agentlink.Commands;
import dev.escale.control.agentlink.ReportListener;
import dev.escale.control.agentlink.ServerId;
import dev.escale.control.app.App;
import dev.escale.control.app.Apps;
import dev.escale.control.db.TeamId;
import dev.escale.protocol.Ending;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Outcome;
import dev.escale.protocol.OutputLine;
import dev.escale.protocol.Report;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes down what agents report of deployments, in the transaction that stores the report. A
 * report about a deployment that was given up here still changes what is true: which release
 * serves.
 */
@Component
class DeploymentReports implements ReportListener {
    private static final int MOST_EVIDENCE = 100;

    private final Apps apps;
    private final DeploymentLedger ledger;
    private final DeploymentSteps steps;
    private final DeploymentOutputs outputs;
    private final Releases releases;
    private final DeploymentFeed feed;
    private final Deployer deployer;

    DeploymentReports(
            Apps apps,
            DeploymentLedger ledger,
            DeploymentSteps steps,
            DeploymentOutputs outputs,
            Releases releases,
            DeploymentFeed feed,
            Deployer deployer) {
        this.apps = apps;
        this.ledger = ledger;
        this.steps = steps;
        this.outputs = outputs;
        this.releases = releases;
        this.feed = feed;
        this.deployer = deployer;
    }

    @Override
    public void report(DSLContext tx, TeamId team, ServerId server, Instant at, Report report) {
        var sender = new Sender(team, server);
        switch (report) {
            case Report.StepChanged step ->
                    at(sender, step.deployment(), deployment -> step(deployment, step));
            case Report.Output output ->
                    at(sender, output.deployment(), deployment -> output(deployment, at, output));
            case Report.Detected detected ->
                    at(
                            sender,
                            detected.deployment(),
                            deployment -> detected(deployment, at, detected));
            case Report.Switched switched ->
                    at(
                            sender,
                            switched.deployment(),
                            deployment -> live(deployment, switched.at(), switched.release()));
            case Report.Ended ended ->
                    at(sender, ended.deployment(), deployment -> ended(deployment, at, ended));
            case Report.CommandDone done ->
                    ledger.ofOrder(team, server, done.command())
                            .filter(deployment -> !deployment.ended())
                            .ifPresent(deployment -> orderDone(deployment, done.outcome()));
            case Report.CertificateWanted wanted -> {}
            case Report.AppChanged changed -> {}
            case Report.Dropped dropped -> {}
        }
    }

    private void at(Sender sender, String deployment, Consumer<Deployment> work) {
        ledger.onServer(sender.team(), sender.server(), deployment).ifPresent(work);
    }

    private void step(Deployment deployment, Report.StepChanged step) {
        ledger.began(deployment, step.at());
        steps.changed(deployment, step);
    }

    private void output(Deployment deployment, Instant at, Report.Output output) {
        ledger.began(deployment, at);
        var added = outputs.append(deployment, output.first(), output.lines());
        if (!added.isEmpty()) {
            feed.output(
                    deployment,
                    added.getFirst().number(),
                    added.stream().map(DeploymentOutputs.NumberedLine::line).toList());
        }
    }

    private void detected(Deployment deployment, Instant at, Report.Detected detected) {
        ledger.began(deployment, at);
        ledger.detected(deployment, detected);
    }

    private void live(Deployment deployment, Instant at, long release) {
        boolean news = Transitions.allowed(deployment.state(), DeploymentState.LIVE);
        if (news) {
            ledger.live(deployment, at, release);
        }
        apps.live(
                deployment.team(),
                deployment.app(),
                new App.Serving(release, deployment.id().value()));
        releases.add(deployment, release, at);
        feed.changed(deployment);
        if (news) {
            deployer.advance(deployment.team(), deployment.app());
        }
    }

    private void ended(Deployment deployment, Instant at, Report.Ended ended) {
        if (deployment.ended()) {
            serves(deployment, ended);
            return;
        }
        outputs.forgetOld(deployment.team(), deployment.app(), deployment.number());
        switch (ended.ending()) {
            case LIVE -> endedLive(deployment, at, ended);
            case ROLLED_BACK -> endedBadly(deployment, DeploymentState.ROLLED_BACK, ended);
            case FAILED -> failed(deployment, at, ended);
            case CANCELLED -> endedBadly(deployment, DeploymentState.CANCELLED, ended);
        }
        deployer.advance(deployment.team(), deployment.app());
    }

    private void endedLive(Deployment deployment, Instant at, Report.Ended ended) {
        Long serving = ended.serving();
        if (deployment.state() != DeploymentState.LIVE && serving != null) {
            live(deployment, at, serving);
        }
        ledger.ended(deployment);
        apps.find(deployment.team(), deployment.app())
                .ifPresent(app -> releases.keepNewest(app, OrderWriter.LIMITS.keptReleases()));
    }

    /** One that says that its own release serves is live, whatever failed afterwards. */
    private void failed(Deployment deployment, Instant at, Report.Ended ended) {
        boolean serves =
                ended.serving() != null
                        && ended.serving().equals(deployment.release())
                        && !deployment.trigger().servesKeptRelease();
        if (serves) {
            endedLive(deployment, at, ended);
        } else {
            endedBadly(deployment, DeploymentState.FAILED, ended);
        }
    }

    private void endedBadly(Deployment deployment, DeploymentState state, Report.Ended ended) {
        // one that was live and is not any more was taken back, whatever the agent calls it
        DeploymentState reached =
                deployment.state() == DeploymentState.LIVE ? DeploymentState.ROLLED_BACK : state;
        ledger.ended(deployment, reached, verdict(deployment, ended));
        if (reached == DeploymentState.ROLLED_BACK && !deployment.trigger().servesKeptRelease()) {
            Long release = deployment.release();
            if (release != null) {
                releases.gone(deployment.team(), deployment.app(), release);
            }
        }
        serves(deployment, ended);
    }

    /** What the agent says serves, serves: under the newest deployment that made it live. */
    private void serves(Deployment deployment, Report.Ended ended) {
        Long release = ended.serving();
        String by =
                release == null
                        ? null
                        : ledger.newestLive(deployment.team(), deployment.app(), release)
                                .map(each -> each.id().value())
                                .orElse(null);
        apps.serves(deployment.team(), deployment.app(), new App.Serving(release, by));
        feed.changed(deployment);
    }

    private void orderDone(Deployment deployment, Outcome outcome) {
        switch (outcome) {
            case Outcome.Refused(Note reason) when tooLate(reason) -> notOrdered(deployment);
            case Outcome.Refused(Note reason) -> fail(deployment, reason);
            case Outcome.Failed(Note reason) -> fail(deployment, reason);
            case Outcome.NotUnderstood() ->
                    fail(deployment, Note.of(DeploymentNotes.NOT_UNDERSTOOD));
            case Outcome.Done() -> fail(deployment, Note.of(DeploymentNotes.NO_ENDING));
            case Outcome.Surveyed surveyed -> fail(deployment, Note.of(DeploymentNotes.NO_ENDING));
        }
        deployer.advance(deployment.team(), deployment.app());
    }

    /** Whether it expired here, before it was sent, or on its way. */
    private static boolean tooLate(Note reason) {
        return reason.code().equals(Notes.COMMAND_EXPIRED)
                || reason.code().equals(Commands.NEVER_SENT);
    }

    /** The order never reached its agent: it is given anew, unless it is not wanted any more. */
    private void notOrdered(Deployment deployment) {
        Note said = deployment.verdict().reason();
        if (said == null) {
            ledger.notOrdered(deployment);
            return;
        }
        switch (said.code()) {
            case DeploymentNotes.CANCELLING, DeploymentNotes.GIVES_WAY ->
                    ledger.ended(
                            deployment,
                            DeploymentState.CANCELLED,
                            Deployment.Verdict.of(cancelled(said)));
            case DeploymentNotes.TIME_LIMIT -> fail(deployment, said);
            default -> ledger.notOrdered(deployment);
        }
    }

    private void fail(Deployment deployment, Note reason) {
        if (deployment.state() == DeploymentState.LIVE) {
            ledger.ended(deployment);
        } else {
            ledger.ended(deployment, DeploymentState.FAILED, Deployment.Verdict.of(reason));
        }
    }

    private static Deployment.Verdict verdict(Deployment deployment, Report.Ended ended) {
        List<OutputLine> evidence = ended.evidence();
        return new Deployment.Verdict(
                ended.ending() == Ending.CANCELLED ? cancelled(deployment, ended) : ended.reason(),
                evidence.subList(Math.max(0, evidence.size() - MOST_EVIDENCE), evidence.size()));
    }

    /** The agent knows that it was cancelled, we know for whom. */
    private static @Nullable Note cancelled(Deployment deployment, Report.Ended ended) {
        Note asked = deployment.verdict().reason();
        if (asked == null) {
            return ended.reason();
        }
        Note done = cancelled(asked);
        return done.equals(asked) ? ended.reason() : done;
    }

    private static Note cancelled(Note asked) {
        return switch (asked.code()) {
            case DeploymentNotes.CANCELLING -> new Note(DeploymentNotes.CANCELLED, asked.facts());
            case DeploymentNotes.GIVES_WAY -> new Note(DeploymentNotes.GAVE_WAY, asked.facts());
            default -> asked;
        };
    }

    private record Sender(TeamId team, ServerId server) {}
}
