package dev.escale.control.operation;

import dev.escale.protocol.Note;

/**
 * @param symbol {@code +} made, {@code -} removed, {@code =} kept, {@code ~} changed, {@code !}
 *     mind
 */
public record PlanItem(String symbol, Note text) {
    /**
     * @param pairs name, value, name, value …
     */
    public static PlanItem of(String symbol, String code, String... pairs) {
        return new PlanItem(symbol, Note.of(code, pairs));
    }
}
