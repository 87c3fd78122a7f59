package dev.escale.control.app;

import dev.escale.control.db.Database;
import dev.escale.control.operation.Actor;
import org.springframework.stereotype.Component;

/** Forgets what the control plane itself holds of a removed app. */
@Component
class AppRemoval {
    private final Database database;
    private final Variables variables;
    private final Redeploys redeploys;
    private final CodeOfApps code;
    private final AppFeed feed;

    AppRemoval(
            Database database,
            Variables variables,
            Redeploys redeploys,
            CodeOfApps code,
            AppFeed feed) {
        this.database = database;
        this.variables = variables;
        this.redeploys = redeploys;
        this.code = code;
        this.feed = feed;
    }

    /** Part of the transaction that removes the app. */
    void forget(Actor actor, App app) {
        variables.forget(app);
        redeploys.removed(actor, app);
        database.afterCommit(() -> code.forget(app));
        feed.tell(app.team(), app.id(), "removed");
    }
}
