package dev.escale.control.deployment;

import dev.escale.control.app.App;
import dev.escale.control.app.AppId;
import dev.escale.control.app.Apps;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.server.Server;
import dev.escale.control.server.Servers;
import dev.escale.protocol.Note;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/**
 * The queue of each app: one deployment builds, and of those that wait the newest wins. The next
 * one builds while the one before is watched after its switch; the agent rolls it out when that is
 * over. What has nothing to build waits until then: it serves what serves then. A rollback waits
 * for nobody, and nothing that comes after it takes its place: what has not switched is ended for
 * it, and what has is watched no longer.
 *
 * <p>Rows are all it knows, so it may be asked at any time, by anyone, and after a crash: {@link
 * #advance} does what is to be done now, and nothing when nothing is.
 */
@Component
class Deployer {
    private final Database database;
    private final Apps apps;
    private final Servers servers;
    private final DeploymentLedger ledger;
    private final Dispatch dispatch;

    Deployer(
            Database database,
            Apps apps,
            Servers servers,
            DeploymentLedger ledger,
            Dispatch dispatch) {
        this.database = database;
        this.apps = apps;
        this.servers = servers;
        this.ledger = ledger;
        this.dispatch = dispatch;
    }

    /** Takes the next step of this app's queue, if there is one. */
    void advance(TeamId team, AppId id) {
        database.write(
                team,
                tx -> {
                    apps.lock(team, id);
                    List<Deployment> open = ledger.open(team, id);
                    apps.find(team, id)
                            .ifPresentOrElse(app -> advance(tx, app, open), () -> drop(open));
                    return open.size();
                });
    }

    private void advance(DSLContext tx, App app, List<Deployment> open) {
        List<Deployment> waiting = open.stream().filter(Deployment::waiting).toList();
        if (waiting.isEmpty()) {
            return;
        }
        Deployment newest = waiting.getFirst();
        Deployment next = waiting.stream().filter(Deployer::rollback).findFirst().orElse(newest);
        waiting.stream()
                .filter(each -> !each.equals(newest) && !each.equals(next))
                .forEach(each -> supersede(each, each.number() < next.number() ? next : newest));
        List<Deployment> busy = open.stream().filter(each -> !each.waiting()).toList();
        if (rollback(next)) {
            busy.stream().filter(Deployer::undecided).forEach(each -> giveWay(tx, each, next));
        }
        busy.stream()
                .filter(each -> undecided(each) || waitsForItsEnd(next))
                .findFirst()
                .ifPresentOrElse(each -> waitFor(next, each), () -> begin(tx, app, next));
        if (!newest.equals(next)) {
            waitFor(newest, next);
        }
    }

    private static boolean waitsForItsEnd(Deployment next) {
        return next.trigger() == Trigger.ENVIRONMENT;
    }

    private static boolean undecided(Deployment deployment) {
        return !deployment.state().decided();
    }

    private void waitFor(Deployment deployment, Deployment other) {
        ledger.explain(
                deployment, Note.of(DeploymentNotes.WAITS_FOR_OTHER, "number", number(other)));
    }

    private void giveWay(DSLContext tx, Deployment busy, Deployment rollback) {
        Note reason = Note.of(DeploymentNotes.GIVES_WAY, "number", number(rollback));
        if (!reason.equals(busy.verdict().reason())) {
            dispatch.cancel(tx, busy, rollback.asker().in(rollback.team()));
            ledger.explain(busy, reason);
        }
    }

    private void begin(DSLContext tx, App app, Deployment deployment) {
        Optional<Server> server = servers.find(app.team(), app.server());
        server.filter(Server::online)
                .flatMap(Server::site)
                .ifPresentOrElse(
                        site -> dispatch.send(tx, app, site, deployment),
                        () ->
                                ledger.explain(
                                        deployment,
                                        Note.of(
                                                DeploymentNotes.WAITS_FOR_SERVER,
                                                "server",
                                                server.map(Server::name)
                                                        .orElse(app.server().value()))));
    }

    private void supersede(Deployment older, Deployment newer) {
        ledger.ended(
                older,
                DeploymentState.SUPERSEDED,
                Deployment.Verdict.of(
                        Note.of(DeploymentNotes.SUPERSEDED, "number", number(newer))));
    }

    /** The app was removed: nobody will report on any of them. */
    private void drop(List<Deployment> open) {
        var removed = Deployment.Verdict.of(Note.of(DeploymentNotes.APP_REMOVED));
        for (Deployment deployment : open) {
            if (deployment.state() == DeploymentState.LIVE) {
                ledger.ended(deployment);
            } else {
                ledger.ended(deployment, DeploymentState.CANCELLED, removed);
            }
        }
    }

    private static boolean rollback(Deployment deployment) {
        return deployment.trigger() == Trigger.ROLLBACK;
    }

    private static String number(Deployment deployment) {
        return Long.toString(deployment.number());
    }
}
