package dev.escale.control.account;

import dev.escale.control.db.Database;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** All that a person signs in with by themselves, so that the last of it is known as such. */
@Component
class WaysIn {
    private final Database database;
    private final List<WayIn> ways;
    private final OwnersLink link;

    WaysIn(Database database, List<WayIn> ways, OwnersLink link) {
        this.database = database;
        this.ways = List.copyOf(ways);
        this.link = link;
    }

    /**
     * Whether the person could not come in by themselves without it.
     *
     * @param opens whether it lets in at all; what does not may always go
     */
    boolean isLast(String person, boolean opens) {
        return opens
                && ways.stream().mapToInt(way -> way.count(person)).sum() <= 1
                && !link.isFor(person);
    }

    /** Takes one away, one after the other: two at once must not both find the other one left. */
    <T> T takeAway(String person, Supplier<T> work) {
        return database.system(
                tx -> {
                    Persons.queueUp(tx, person);
                    return work.get();
                });
    }
}
