package dev.escale.control.audit;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Fault;
import dev.escale.control.operation.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The record over REST. */
@RestController
@RequestMapping("/api/v1/audit")
class AuditApi {
    private static final int MOST = 500;

    private final AuditLog log;

    AuditApi(AuditLog log) {
        this.log = log;
    }

    /**
     * @param next cursor of the next older page; null on the last
     */
    record Page(List<AuditEntry> items, @Nullable String next) {}

    /** Newest first. */
    @GetMapping
    Page list(
            Actor actor,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam @Nullable Long cursor) {
        if (limit < 1 || limit > MOST) {
            ProblemException.throwIfAny(
                    List.of(Fault.of("limit", "input.range", "from", "1", "to", "" + MOST)));
        }
        var items = log.newest(actor, cursor == null ? Long.MAX_VALUE : cursor, limit);
        boolean more = items.size() == limit && items.getLast().seq() > 1;
        return new Page(items, more ? Long.toString(items.getLast().seq()) : null);
    }
}
