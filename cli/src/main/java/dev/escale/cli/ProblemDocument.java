package dev.escale.cli;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RFC 9457, with our extensions. */
@Json
record ProblemDocument(
        @Nullable String title,
        @Nullable String detail,
        @Nullable String hint,
        @Nullable String code,
        @Nullable String planId,
        @Nullable List<Fault> faults) {

    @Json
    record Fault(@Nullable String field, @Nullable String message) {}

    Refusal refusal() {
        var sentence = new StringBuilder(detail != null ? detail : String.valueOf(title));
        if (faults != null) {
            for (Fault fault : faults) {
                sentence.append("\n  ").append(fault.field()).append(": ").append(fault.message());
            }
        }
        if (hint != null) {
            sentence.append(' ').append(hint);
        }
        return new Refusal(sentence.toString());
    }
}
