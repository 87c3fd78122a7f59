package dev.escale.control.account;

import dev.escale.control.db.TeamLookup;
import dev.escale.control.event.Event;
import dev.escale.control.event.Events;
import org.springframework.stereotype.Component;

/** Tells open pages that a session of their reader may have ended. */
@Component
class SessionFeed {
    private final TeamLookup lookup;
    private final Events events;

    SessionFeed(TeamLookup lookup, Events events) {
        this.lookup = lookup;
        this.events = events;
    }

    void ended(String person) {
        lookup.ofPerson(person)
                .forEach(team -> events.publish(new Event(team, Event.RIGHTS, "session", person)));
    }
}
