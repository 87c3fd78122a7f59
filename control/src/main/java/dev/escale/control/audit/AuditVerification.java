package dev.escale.control.audit;

import dev.escale.control.db.TeamId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks a team's chain from its first entry and recomputes every hash. */
public final class AuditVerification {
    private static final int CHUNK = 1_000;

    private final AuditLog log;

    AuditVerification(AuditLog log) {
        this.log = log;
    }

    /** What the walk found. */
    public sealed interface Finding {

        /**
         * @param from time of the first entry; null when there is none
         */
        record Intact(long entries, @Nullable Instant from, @Nullable Instant to)
                implements Finding {}

        /**
         * @param seq the first entry that does not fit
         */
        record Broken(long seq, Reason reason) implements Finding {}

        enum Reason {
            MISSING,
            ALTERED,
            UNLINKED
        }
    }

    public Finding walk(TeamId team) {
        Walk walk = new Walk();
        for (List<AuditEntry> chunk = log.after(team, 0, CHUNK);
                !chunk.isEmpty();
                chunk = log.after(team, walk.seq, CHUNK)) {
            for (AuditEntry entry : chunk) {
                Finding.Reason fault = walk.step(entry);
                if (fault != null) {
                    return new Finding.Broken(walk.seq + 1, fault);
                }
            }
        }
        return new Finding.Intact(walk.seq, walk.from, walk.to);
    }

    private static final class Walk {
        private long seq;
        private String hash = AuditEntry.BEFORE_THE_FIRST;
        private @Nullable Instant from;
        private @Nullable Instant to;

        Finding.@Nullable Reason step(AuditEntry entry) {
            if (entry.seq() != seq + 1) {
                return Finding.Reason.MISSING;
            }
            if (!entry.prevHash().equals(hash)) {
                return Finding.Reason.UNLINKED;
            }
            if (!entry.computedHash().equals(entry.hash())) {
                return Finding.Reason.ALTERED;
            }
            seq = entry.seq();
            hash = entry.hash();
            from = from == null ? entry.at() : from;
            to = entry.at();
            return null;
        }
    }
}
