package dev.escale.agent.nginx;

import dev.escale.protocol.Note;

/** Nginx did not take what we wanted; what was served before is served still. */
public final class NginxRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Note reason;

    NginxRefused(Note reason) {
        super(reason.code() + " " + reason.facts());
        this.reason = reason;
    }

    public Note reason() {
        return reason;
    }
}
