package dev.escale.control.deployment;

import dev.escale.control.agentlink.CommandId;
import dev.escale.control.agentlink.Commands;
import dev.escale.control.app.App;
import dev.escale.control.app.Apps;
import dev.escale.control.operation.Actor;
import dev.escale.control.server.SiteAddress;
import dev.escale.protocol.Note;
import dev.escale.protocol.Order;
import java.time.Duration;
import java.util.Optional;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/**
 * Hands a deployment to its agent, with release number, address and environment as they are now.
 */
@Component
class Dispatch {
    /** An order that has not reached its agent by then goes back into the queue. */
    private static final Duration VALIDITY = Duration.ofHours(1);

    private final Commands commands;
    private final Apps apps;
    private final OrderWriter writer;
    private final DeploymentLedger ledger;
    private final Environments environments;
    private final Releases releases;

    Dispatch(
            Commands commands,
            Apps apps,
            OrderWriter writer,
            DeploymentLedger ledger,
            Environments environments,
            Releases releases) {
        this.releases = releases;
        this.environments = environments;
        this.commands = commands;
        this.apps = apps;
        this.writer = writer;
        this.ledger = ledger;
    }

    /** An agent that is connected has told its address. */
    void send(DSLContext tx, App app, SiteAddress site, Deployment deployment) {
        Optional<Long> release = release(app, deployment);
        if (release.isEmpty()) {
            ledger.skipped(deployment, Note.of(DeploymentNotes.NOTHING_SERVES));
            return;
        }
        String url = site.url(app.slug()).toString();
        apps.address(app, url);
        Order order = writer.order(deployment, app, site, release.get());
        CommandId command =
                commands.queue(tx, app.team(), app.server(), asker(deployment), order, VALIDITY);
        ledger.ordered(deployment, command, release.get(), url, app.settings());
        if (deployment.revision().commit() == null && deployment.trigger().servesKeptRelease()) {
            releases.find(app, release.get()).ifPresent(kept -> ledger.serves(deployment, kept));
        }
        environments.keep(deployment);
    }

    /** Ends it at the agent, if it has not switched by then. */
    void cancel(DSLContext tx, Deployment deployment, Actor actor) {
        commands.queue(
                tx,
                deployment.team(),
                deployment.server(),
                actor,
                new Order.Cancel(deployment.id().value()),
                VALIDITY);
    }

    /** Empty when the release that serves is wanted and none does. */
    private Optional<Long> release(App app, Deployment deployment) {
        if (deployment.release() != null) {
            return Optional.of(deployment.release());
        }
        return deployment.trigger().servesKeptRelease()
                ? app.currentRelease()
                : Optional.of(apps.nextRelease(app));
    }

    private static Actor asker(Deployment deployment) {
        return deployment.asker().in(deployment.team());
    }
}
