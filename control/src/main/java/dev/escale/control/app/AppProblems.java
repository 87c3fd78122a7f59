package dev.escale.control.app;

import dev.escale.protocol.Note;
import java.util.HashMap;
import java.util.Map;

/** Facts of problems that carry on what an agent said. */
final class AppProblems {
    private AppProblems() {}

    /** The note's own facts, its code as {@code note}, and the {@code app}. */
    static Map<String, String> facts(App app, Note note) {
        Map<String, String> facts = new HashMap<>(note.facts());
        facts.put("note", note.code());
        facts.put("app", app.slug());
        return facts;
    }
}
