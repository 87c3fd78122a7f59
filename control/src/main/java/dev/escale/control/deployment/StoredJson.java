package dev.escale.control.deployment;

import dev.escale.protocol.Codec;
import dev.escale.protocol.Finding;
import dev.escale.protocol.Note;
import dev.escale.protocol.OutputLine;
import io.avaje.jsonb.JsonType;
import io.avaje.jsonb.Jsonb;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What agents sent, as it lies in columns. */
final class StoredJson {
    private static final Jsonb JSON = Jsonb.builder().build();
    private static final JsonType<List<OutputLine>> LINES = JSON.type(OutputLine.class).list();
    private static final JsonType<List<Finding>> FINDINGS = JSON.type(Finding.class).list();

    private StoredJson() {}

    static @Nullable String note(@Nullable Note note) {
        return note == null ? null : Codec.write(Note.class, note);
    }

    static @Nullable Note note(@Nullable String text) {
        return text == null ? null : Codec.read(Note.class, text);
    }

    static String lines(List<OutputLine> lines) {
        return LINES.toJson(lines);
    }

    static List<OutputLine> lines(@Nullable String text) {
        return text == null ? List.of() : LINES.fromJson(text);
    }

    static String findings(List<Finding> findings) {
        return FINDINGS.toJson(findings);
    }

    static List<Finding> findings(@Nullable String text) {
        return text == null ? List.of() : FINDINGS.fromJson(text);
    }
}
