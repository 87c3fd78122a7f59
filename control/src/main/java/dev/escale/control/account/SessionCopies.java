package dev.escale.control.account;

import dev.escale.control.db.Ids;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.AuditTrail;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Origins;
import dev.escale.control.operation.Target;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Ends a session of which there are two holders. When its id changes, one of them gets the new one
 * and the other comes with the old: which of the two is the thief cannot be told, so neither stays.
 */
@Component
class SessionCopies {
    /** A tab of the same browser may still be on its way with the old id. */
    static final Duration LATE = Duration.ofSeconds(30);

    private final RetiredSessionIds retired;
    private final Sessions sessions;
    private final SessionPlace place;
    private final SessionFeed feed;
    private final EndRecord record;
    private final Clock clock;

    SessionCopies(
            RetiredSessionIds retired,
            Sessions sessions,
            SessionPlace place,
            SessionFeed feed,
            EndRecord record,
            Clock clock) {
        this.retired = retired;
        this.sessions = sessions;
        this.place = place;
        this.feed = feed;
        this.record = record;
        this.clock = clock;
    }

    /** Writes it down. */
    @Component
    record EndRecord(TeamLookup lookup, AuditTrail audit, Origins origins) {
        /** Who belongs to no team has no record that it could stand in. */
        void ended(HttpServletRequest request, String person, String session, String why) {
            lookup.ofPerson(person).stream()
                    .findFirst()
                    .ifPresent(
                            team ->
                                    audit.record(
                                            AuditTrail.Line.event(
                                                    Ids.random("op"),
                                                    Actor.system(team),
                                                    "session.end",
                                                    Target.of("person", person, ""),
                                                    "done",
                                                    Detail.of(
                                                            "session",
                                                            session,
                                                            "why",
                                                            why,
                                                            "address",
                                                            origins.address(request)))));
        }
    }

    /**
     * Somebody brings an id that opens nothing.
     *
     * @param id as the browser carries it
     */
    void brought(String id, HttpServletRequest request) {
        retired.find(id)
                .filter(old -> !isLateTab(old, request))
                .ifPresent(
                        old -> {
                            if (sessions.find(old.person(), old.shown()).isPresent()) {
                                record.ended(request, old.person(), old.shown(), "oldIdUsed");
                                end(old.person(), old.shown());
                            }
                        });
    }

    /** Asked for from elsewhere, at the moment at which it would have got another id. */
    void elsewhere(HttpServletRequest request, String person, String shown) {
        record.ended(request, person, shown, "elsewhere");
        end(person, shown);
    }

    private void end(String person, String shown) {
        sessions.end(person, shown);
        feed.ended(person);
    }

    private boolean isLateTab(RetiredSessionIds.Retired old, HttpServletRequest request) {
        return clock.instant().isBefore(old.at().plus(LATE))
                && old.seenBy().equals(place.mark(request));
    }
}
