package dev.escale.control.app;

import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.event.Event;
import dev.escale.control.event.Events;
import org.springframework.stereotype.Component;

/** Tells pages that an app changed, once it is committed; the detail is its id. */
@Component
class AppFeed {
    private final Database database;
    private final Events events;

    AppFeed(Database database, Events events) {
        this.database = database;
        this.events = events;
    }

    /**
     * @param kind {@code created}, {@code updated}, {@code environment}, {@code state}, {@code
     *     removed}
     */
    void tell(TeamId team, AppId app, String kind) {
        database.afterCommit(
                () -> {
                    events.publish(new Event(team, "app:" + app, kind, app));
                    events.publish(new Event(team, "apps", kind, app));
                });
    }
}
