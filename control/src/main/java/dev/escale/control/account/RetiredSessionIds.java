package dev.escale.control.account;

import static dev.escale.control.db.schema.Tables.RETIRED_SESSION_ID;

import dev.escale.control.db.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Repository;

/** Ids that sessions had before they took another. They open nothing, and are known. */
@Repository
class RetiredSessionIds {
    private final Database database;
    private final Clock clock;

    RetiredSessionIds(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * @param shown the session, as the list names it
     * @param seenBy mark of the place that took the new id
     */
    record Retired(String person, String shown, String seenBy, Instant at) {}

    /** For as long as a session can last; whoever comes first is kept. */
    void retire(String id, String person, String shown, String seenBy) {
        Instant now = clock.instant();
        database.system(
                tx -> {
                    tx.deleteFrom(RETIRED_SESSION_ID)
                            .where(RETIRED_SESSION_ID.RETIRED_AT.lt(now.minus(SessionAge.LIMIT)))
                            .execute();
                    return tx.insertInto(RETIRED_SESSION_ID)
                            .set(RETIRED_SESSION_ID.SESSION, SessionIds.stored(id))
                            .set(RETIRED_SESSION_ID.PERSON, person)
                            .set(RETIRED_SESSION_ID.SHOWN, shown)
                            .set(RETIRED_SESSION_ID.SEEN_BY, seenBy)
                            .set(RETIRED_SESSION_ID.RETIRED_AT, now)
                            .onConflictDoNothing()
                            .execute();
                });
    }

    Optional<Retired> find(String id) {
        return database.systemRead(
                tx ->
                        tx.selectFrom(RETIRED_SESSION_ID)
                                .where(RETIRED_SESSION_ID.SESSION.eq(SessionIds.stored(id)))
                                .fetchOptional(
                                        row ->
                                                new Retired(
                                                        row.getPerson(),
                                                        row.getShown(),
                                                        row.getSeenBy(),
                                                        row.getRetiredAt())));
    }
}
