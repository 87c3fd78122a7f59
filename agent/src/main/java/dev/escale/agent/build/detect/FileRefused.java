package dev.escale.agent.build.detect;

import dev.escale.protocol.Note;
import java.io.Serial;

/** A file of the project that is not read; detection ends with it wherever it was. */
final class FileRefused extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final transient Note reason;

    FileRefused(Note reason) {
        super(reason.code());
        this.reason = reason;
    }

    Note reason() {
        return reason;
    }
}
