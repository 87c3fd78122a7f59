package dev.escale.control.team;

import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.event.Event;
import dev.escale.control.event.Events;
import org.springframework.stereotype.Component;

/** Tells, once it is committed, that who may do what in a team has changed. */
@Component
public class TeamFeed {
    static final String TOPIC = "team";

    private final Database database;
    private final Events events;

    TeamFeed(Database database, Events events) {
        this.database = database;
        this.events = events;
    }

    /**
     * @param person whose rights; empty for everybody's
     */
    void rights(TeamId team, String person) {
        database.afterCommit(
                () -> events.publish(new Event(team, Event.RIGHTS, "changed", person)));
    }

    /** Invitations and roles, as the team's page shows them. */
    void changed(TeamId team, String kind) {
        database.afterCommit(() -> events.publish(new Event(team, TOPIC, kind, kind)));
    }
}
