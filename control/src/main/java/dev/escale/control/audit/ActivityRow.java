package dev.escale.control.audit;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An entry in the list.
 *
 * @param actorType {@code person}, {@code token}, {@code agent} or {@code system}
 * @param phase {@code intent}, {@code outcome}, {@code refused} or {@code event}
 * @param outcome {@code done}, or the code of a problem
 * @param via the door
 */
public record ActivityRow(
        long seq,
        Instant at,
        String actorType,
        String actor,
        String action,
        String target,
        String phase,
        @Nullable String outcome,
        String via,
        @Nullable String ip,
        String hash) {

    private static final Set<String> OUTCOMES =
            Set.of("done", "rolledBack", "cancelled", "superseded", "skipped");

    static ActivityRow of(AuditEntry entry) {
        return new ActivityRow(
                entry.seq(),
                entry.at(),
                entry.actor().type(),
                entry.actor().name(),
                entry.action(),
                entry.target().name().isEmpty() ? entry.target().id() : entry.target().name(),
                entry.phase(),
                entry.outcome(),
                entry.origin().via(),
                entry.origin().ip(),
                entry.hash());
    }

    public String icon() {
        return switch (actorType) {
            case "token" -> "key";
            case "agent" -> "server";
            case "system" -> "fix";
            default -> "person";
        };
    }

    /** For {@code data-state}. */
    public String state() {
        return switch (phase) {
            case "intent" -> "waiting";
            case "refused" -> "failed";
            default ->
                    switch (word()) {
                        case "done" -> "done";
                        case "rolledBack" -> "back";
                        case "cancelled", "superseded", "skipped" -> "off";
                        default -> "failed";
                    };
        };
    }

    /** End of the key of the word. */
    public String word() {
        return switch (phase) {
            case "intent" -> "intent";
            case "refused" -> "refused";
            default -> outcome == null ? "done" : OUTCOMES.contains(outcome) ? outcome : "failed";
        };
    }
}
