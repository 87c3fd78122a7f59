package dev.escale.control.deployment;

import static dev.escale.control.db.schema.Tables.DEPLOYMENT;

import dev.escale.control.agentlink.CommandId;
import dev.escale.control.agentlink.ServerId;
import dev.escale.control.app.App;
import dev.escale.control.app.AppId;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Actor;
import dev.escale.protocol.Codec;
import dev.escale.protocol.Note;
import dev.escale.protocol.Overrides;
import dev.escale.protocol.Report;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jooq.Condition;
import org.jooq.UpdateSetMoreStep;
import org.jooq.UpdateSetStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/**
 * Writes deployments. Every change of a state passes {@link #move}, which keeps to {@link
 * Transitions}, and is told to the feed.
 */
@Repository
class DeploymentLedger {
    private final Database database;
    private final Deployments deployments;
    private final DeploymentSteps steps;
    private final DeploymentFeed feed;
    private final DeploymentAudit audit;
    private final Clock clock;

    DeploymentLedger(
            Database database,
            Deployments deployments,
            DeploymentSteps steps,
            DeploymentFeed feed,
            DeploymentAudit audit,
            Clock clock) {
        this.database = database;
        this.audit = audit;
        this.deployments = deployments;
        this.steps = steps;
        this.feed = feed;
        this.clock = clock;
    }

    Deployment queue(
            App app, Actor actor, Trigger trigger, Revision revision, @Nullable Long release) {
        return database.write(
                app.team(),
                tx -> {
                    var id = DeploymentId.random();
                    tx.insertInto(DEPLOYMENT)
                            .set(DEPLOYMENT.ID, id.value())
                            .set(DEPLOYMENT.TEAM, app.team().value())
                            .set(DEPLOYMENT.APP, app.id().value())
                            .set(DEPLOYMENT.SERVER, app.server().value())
                            .set(DEPLOYMENT.NUMBER, nextNumber(app))
                            .set(DEPLOYMENT.KIND, trigger.servesKeptRelease() ? "serve" : "deploy")
                            .set(DEPLOYMENT.STATUS, DeploymentState.QUEUED.text())
                            .set(DEPLOYMENT.PATH, trigger.servesKeptRelease() ? "none" : "full")
                            .set(DEPLOYMENT.TRIGGERED_BY, trigger.text())
                            .set(DEPLOYMENT.ACTOR_TYPE, actor.type().text())
                            .set(DEPLOYMENT.ACTOR_ID, actor.id())
                            .set(DEPLOYMENT.ACTOR_NAME, actor.name())
                            .set(DEPLOYMENT.REF, revision.ref())
                            .set(DEPLOYMENT.COMMIT_ID, revision.commit())
                            .set(DEPLOYMENT.COMMIT_SUBJECT, cut(revision.subject(), 1000))
                            .set(DEPLOYMENT.COMMIT_AUTHOR, cut(revision.author(), 300))
                            .set(DEPLOYMENT.RELEASE_NUMBER, release)
                            .set(DEPLOYMENT.URL, app.url())
                            .set(DEPLOYMENT.QUEUED_AT, clock.instant())
                            .execute();
                    return told(app.team(), id);
                });
    }

    /** The same one, as its row is now. */
    Deployment now(Deployment deployment) {
        return deployments.find(deployment.team(), deployment.id()).orElseThrow();
    }

    /** Of the app, not ended, newest first. */
    List<Deployment> open(TeamId team, AppId app) {
        return deployments.select(
                team,
                DEPLOYMENT.APP.eq(app.value()).and(DEPLOYMENT.ENDED_AT.isNull()),
                Integer.MAX_VALUE);
    }

    /** Of all apps, not ended. */
    List<Deployment> open(TeamId team) {
        return deployments.select(team, DEPLOYMENT.ENDED_AT.isNull(), Integer.MAX_VALUE);
    }

    Optional<Deployment> onServer(TeamId team, ServerId server, String id) {
        return deployments
                .select(team, DEPLOYMENT.ID.eq(id).and(DEPLOYMENT.SERVER.eq(server.value())), 1)
                .stream()
                .findFirst();
    }

    Optional<Deployment> ofOrder(TeamId team, ServerId server, String command) {
        return deployments
                .select(
                        team,
                        DEPLOYMENT.COMMAND.eq(command).and(DEPLOYMENT.SERVER.eq(server.value())),
                        1)
                .stream()
                .findFirst();
    }

    /** The newest one that became live with this release. */
    Optional<Deployment> newestLive(TeamId team, AppId app, long release) {
        return deployments
                .select(
                        team,
                        DEPLOYMENT
                                .APP
                                .eq(app.value())
                                .and(DEPLOYMENT.RELEASE_NUMBER.eq(release))
                                .and(DEPLOYMENT.STATUS.eq(DeploymentState.LIVE.text())),
                        1)
                .stream()
                .findFirst();
    }

    /** When the order was queued; empty while it waits. */
    Optional<Instant> orderedAt(Deployment deployment) {
        return database.read(
                deployment.team(),
                tx ->
                        tx.select(DEPLOYMENT.ORDERED_AT)
                                .from(DEPLOYMENT)
                                .where(is(deployment))
                                .fetchOptional(DEPLOYMENT.ORDERED_AT));
    }

    /**
     * @param url where it will answer
     * @param settings that the order carries
     */
    void ordered(
            Deployment deployment,
            CommandId command,
            long release,
            String url,
            Overrides settings) {
        update(
                deployment,
                row ->
                        row.set(DEPLOYMENT.COMMAND, command.value())
                                .set(DEPLOYMENT.ORDERED_AT, clock.instant())
                                .set(DEPLOYMENT.RELEASE_NUMBER, release)
                                .set(DEPLOYMENT.URL, url)
                                .set(DEPLOYMENT.SETTINGS, Codec.write(Overrides.class, settings))
                                .set(DEPLOYMENT.REASON, (String) null));
    }

    /** What it serves was built from that commit. */
    void serves(Deployment deployment, Release kept) {
        update(deployment, row -> row.set(DEPLOYMENT.COMMIT_ID, kept.commit()));
    }

    /** The order expired before it was sent: back into the queue. */
    void notOrdered(Deployment deployment) {
        update(deployment, row -> row.set(DEPLOYMENT.COMMAND, (String) null));
    }

    /** Why it waits, or what is being done to it; passed over when it says so already. */
    void explain(Deployment deployment, Note reason) {
        if (!reason.equals(deployment.verdict().reason())) {
            update(deployment, row -> row.set(DEPLOYMENT.REASON, StoredJson.note(reason)));
        }
    }

    /** Nothing is to be said of it any more. */
    void explained(Deployment deployment) {
        update(deployment, row -> row.set(DEPLOYMENT.REASON, (String) null));
    }

    void began(Deployment deployment, Instant at) {
        if (deployment.state() == DeploymentState.QUEUED) {
            move(
                    deployment,
                    DeploymentState.RUNNING,
                    row ->
                            row.set(DEPLOYMENT.STARTED_AT, at)
                                    .set(DEPLOYMENT.REASON, (String) null));
        }
    }

    void detected(Deployment deployment, Report.Detected detected) {
        update(
                deployment,
                row ->
                        row.set(DEPLOYMENT.COMMIT_ID, cut(detected.commit(), 64))
                                .set(DEPLOYMENT.COMMIT_SUBJECT, cut(detected.subject(), 1000))
                                .set(DEPLOYMENT.COMMIT_AUTHOR, cut(detected.author(), 300))
                                .set(
                                        DEPLOYMENT.FINDINGS,
                                        StoredJson.findings(detected.findings())));
    }

    void live(Deployment deployment, Instant at, long release) {
        move(
                deployment,
                DeploymentState.LIVE,
                row ->
                        row.set(DEPLOYMENT.SWITCHED_AT, at)
                                .set(DEPLOYMENT.RELEASE_NUMBER, release)
                                .set(DEPLOYMENT.REASON, (String) null));
    }

    /** Nothing more is to come, and the state is what it was. */
    void ended(Deployment deployment) {
        database.write(
                deployment.team(),
                _ -> {
                    steps.stop(deployment);
                    update(deployment, row -> row.set(DEPLOYMENT.ENDED_AT, clock.instant()));
                    audit.ended(now(deployment), now(deployment).state(), null);
                    return null;
                });
    }

    /** There was nothing to do. */
    void skipped(Deployment deployment, Note reason) {
        update(deployment, row -> row.set(DEPLOYMENT.PATH, "none"));
        ended(deployment, DeploymentState.SKIPPED, Deployment.Verdict.of(reason));
    }

    void ended(Deployment deployment, DeploymentState state, Deployment.Verdict verdict) {
        database.write(
                deployment.team(),
                _ -> {
                    steps.stop(deployment);
                    move(
                            deployment,
                            state,
                            row ->
                                    row.set(DEPLOYMENT.ENDED_AT, clock.instant())
                                            .set(
                                                    DEPLOYMENT.REASON,
                                                    StoredJson.note(verdict.reason()))
                                            .set(
                                                    DEPLOYMENT.EVIDENCE,
                                                    StoredJson.lines(verdict.evidence())));
                    audit.ended(deployment, state, verdict.reason());
                    return null;
                });
    }

    private void move(
            Deployment deployment,
            DeploymentState to,
            UnaryOperator<UpdateSetMoreStep<?>> columns) {
        if (!Transitions.allowed(deployment.state(), to)) {
            throw new IllegalStateException(
                    "deployment %s cannot go from %s to %s"
                            .formatted(deployment.id(), deployment.state(), to));
        }
        update(deployment, row -> columns.apply(row.set(DEPLOYMENT.STATUS, to.text())));
    }

    private void update(Deployment deployment, UnaryOperator<UpdateSetMoreStep<?>> columns) {
        database.write(
                deployment.team(),
                tx -> {
                    UpdateSetStep<?> start = tx.update(DEPLOYMENT);
                    return columns.apply(start.set(DEPLOYMENT.TEAM, deployment.team().value()))
                            .where(is(deployment))
                            .execute();
                });
        told(deployment.team(), deployment.id());
    }

    private Deployment told(TeamId team, DeploymentId id) {
        Deployment now = deployments.find(team, id).orElseThrow();
        feed.changed(now);
        return now;
    }

    private long nextNumber(App app) {
        return database.read(
                app.team(),
                tx ->
                        tx.select(DSL.coalesce(DSL.max(DEPLOYMENT.NUMBER), 0L).plus(1))
                                .from(DEPLOYMENT)
                                .where(DEPLOYMENT.TEAM.eq(app.team().value()))
                                .and(DEPLOYMENT.APP.eq(app.id().value()))
                                .fetchSingle()
                                .value1());
    }

    private static Condition is(Deployment deployment) {
        return DEPLOYMENT
                .TEAM
                .eq(deployment.team().value())
                .and(DEPLOYMENT.ID.eq(deployment.id().value()));
    }

    private static @Nullable String cut(@Nullable String text, int length) {
        return text == null || text.length() <= length ? text : text.substring(0, length);
    }
}
