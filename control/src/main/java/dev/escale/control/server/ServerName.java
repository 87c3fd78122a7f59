package dev.escale.control.server;

import dev.escale.control.agentlink.ServerId;
import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Fault;
import dev.escale.control.operation.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A name for people: letters and digits of any script, spaces, dots, dashes; at most 63. */
final class ServerName {
    private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,62}");

    private ServerName() {}

    static String of(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    /**
     * @param but the server that may have it already
     */
    static List<Fault> faults(Servers servers, TeamId team, String name, Optional<ServerId> but) {
        if (name.isEmpty()) {
            return List.of(Fault.of("name", "input.required"));
        }
        if (!FORM.matcher(name).matches()) {
            return List.of(Fault.of("name", "server.name"));
        }
        return servers.isTaken(team, name, but)
                ? List.of(Fault.of("name", "server.nameTaken", "name", name))
                : List.of();
    }

    /**
     * Asked once more when nobody else can take it meanwhile.
     *
     * @throws ProblemException 409 {@code server.nameTaken}
     */
    static void refuseIfTaken(Servers servers, TeamId team, String name, Optional<ServerId> but) {
        if (servers.isTaken(team, name, but)) {
            throw ProblemException.of(409, "server.nameTaken", "name", name);
        }
    }
}
