package dev.escale.control.source;

import dev.escale.control.app.App;
import dev.escale.control.app.Apps;
import dev.escale.control.db.Recurring;
import dev.escale.control.db.Round;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.deployment.Revision;
import dev.escale.control.operation.AuditTrail;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.ProblemException;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Deploys what was pushed when the control plane died, or its database was away, between storing
 * the ref and queueing its deployment. A push whose ref was not stored has failed for its pusher
 * too, and is forgotten.
 */
@Component
class PushRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(PushRecovery.class);

    private static final Duration ROUND = Duration.ofSeconds(30);

    /** A push that is older is not being received any more. */
    private static final Duration AGE = Duration.ofMinutes(1);

    private final Recurring rounds;
    private final Clock clock;
    private final TeamLookup teams;
    private final Apps apps;
    private final PendingPushes pending;
    private final PushedCode code;
    private final PushedDeployment pushed;
    private final AuditTrail audit;

    PushRecovery(
            TeamLookup teams,
            Apps apps,
            PendingPushes pending,
            PushedCode code,
            PushedDeployment pushed,
            AuditTrail audit,
            Clock clock) {
        this.clock = clock;
        this.rounds =
                new Recurring(
                        "looking for pushes that were cut off",
                        LOG,
                        () -> recover(clock.instant().minus(AGE)));
        this.audit = audit;
        this.teams = teams;
        this.apps = apps;
        this.pending = pending;
        this.code = code;
        this.pushed = pushed;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        rounds.guarded(() -> recover(clock.instant()));
        rounds.every(ROUND);
    }

    @PreDestroy
    void stop() {
        rounds.close();
    }

    /** Those that began by then. */
    void recover(Instant time) {
        for (TeamId team : teams.all()) {
            Round.over(
                    pending.until(team, time),
                    LOG,
                    "deploying a push that was cut off",
                    push -> recover(team, push));
        }
    }

    private void recover(TeamId team, PendingPushes.PendingPush push) {
        Optional<App> app = apps.find(team, push.app());
        boolean stored =
                app.flatMap(found -> code.find(found, push.ref()))
                        .map(Revision::commit)
                        .filter(push.commit()::equals)
                        .isPresent();
        if (app.isEmpty() || !stored) {
            pending.done(team, push.app(), push.commit());
            return;
        }
        if (app.get().branch() == null) {
            follow(app.get(), push);
        }
        try {
            pushed.queue(app.get(), push.actor(), push.commit());
            LOG.info("deploys a push that was cut off app={}", app.get().slug());
        } catch (ProblemException refused) {
            pending.done(team, push.app(), push.commit());
            LOG.warn(
                    "a push that was cut off is not deployed app={} code={}",
                    app.get().slug(),
                    refused.problem().code());
        }
    }

    private void follow(App app, PendingPushes.PendingPush push) {
        String branch = Repository.shortenRefName(push.ref());
        apps.follow(app, branch);
        audit.record(
                AuditTrail.Line.event(
                        push.id(),
                        push.actor(),
                        "code.push",
                        app.target(),
                        "done",
                        Detail.of("follows", branch, "commit", push.commit())));
    }
}
