package dev.escale.agent.release;

import dev.escale.agent.nginx.Endpoint;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.time.Duration;

/** What came of waiting for a release. */
sealed interface HealthResult {
    /**
     * @param endpoint where it really listens
     */
    record Healthy(Endpoint endpoint) implements HealthResult {}

    record Died(int code) implements HealthResult {}

    /**
     * @param answer status, or what went wrong
     */
    record Refused(String path, String answer, Duration after) implements HealthResult {}

    record NeverListened(int port, Duration after) implements HealthResult {}

    record OtherAddress(String address, int port) implements HealthResult {}

    /** Null-free text for people; not for {@link Healthy}. */
    default Note note() {
        return switch (this) {
            case Healthy _ -> throw new IllegalStateException("healthy");
            case Died(int code) -> Note.of(Notes.APP_DIED, "code", Integer.toString(code));
            case Refused(String path, String answer, Duration after) ->
                    Note.of(
                            Notes.HEALTH_REFUSED,
                            "path",
                            path,
                            "answer",
                            answer,
                            "seconds",
                            Long.toString(after.toSeconds()));
            case NeverListened(int port, Duration after) ->
                    Note.of(
                            Notes.HEALTH_NEVER_LISTENED,
                            "port",
                            Integer.toString(port),
                            "seconds",
                            Long.toString(after.toSeconds()));
            case OtherAddress(String address, int port) ->
                    Note.of(
                            Notes.HEALTH_OTHER_ADDRESS,
                            "address",
                            address,
                            "port",
                            Integer.toString(port));
        };
    }
}
