package dev.escale.control.audit;

import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ActorType;
import dev.escale.control.operation.AuditTrail;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Origin;
import dev.escale.control.operation.Target;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the record, as it is exported. {@code hash} is SHA-256 over the canonical JSON (RFC
 * 8785) of the rest, {@code prevHash} the hash of the team's entry before it.
 */
record AuditEntry(
        long seq,
        Instant at,
        String team,
        String operation,
        String phase,
        @Nullable String plan,
        @Nullable String command,
        Who actor,
        String action,
        What target,
        @Nullable String server,
        Where origin,
        @Nullable String outcome,
        Map<String, String> detail,
        String prevHash,
        String hash) {
    static final String BEFORE_THE_FIRST = "0".repeat(64);

    record Who(String type, String id, String name) {}

    record What(String type, String id, String name) {}

    record Where(@Nullable String ip, String via) {}

    /** The outcome of what this entry was the intent of. */
    AuditTrail.Line outcome(String outcome) {
        var by =
                new Actor(
                        ActorType.valueOf(actor.type().toUpperCase(Locale.ROOT)),
                        actor.id(),
                        actor.name(),
                        new TeamId(team),
                        Grants.NONE,
                        new Origin(
                                origin.ip(),
                                Origin.Via.valueOf(origin.via().toUpperCase(Locale.ROOT))),
                        Locale.ENGLISH);
        return new AuditTrail.Line(
                operation,
                AuditTrail.Phase.OUTCOME,
                plan,
                command,
                by,
                action,
                new Target(target.type(), target.id(), target.name(), server, null),
                outcome,
                Map.of());
    }

    AuditEntry sealed() {
        return new AuditEntry(
                seq,
                at,
                team,
                operation,
                phase,
                plan,
                command,
                actor,
                action,
                target,
                server,
                origin,
                outcome,
                detail,
                prevHash,
                computedHash());
    }

    String computedHash() {
        try {
            byte[] json = canonical().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException("This Java has no SHA-256", failure);
        }
    }

    /** Without {@code hash}. */
    String canonical() {
        Map<String, @Nullable Object> members = new HashMap<>();
        members.put("seq", seq);
        members.put("at", at.toString());
        members.put("team", team);
        members.put("operation", operation);
        members.put("phase", phase);
        members.put("plan", plan);
        members.put("command", command);
        members.put("actor", Map.of("type", actor.type(), "id", actor.id(), "name", actor.name()));
        members.put("action", action);
        members.put(
                "target", Map.of("type", target.type(), "id", target.id(), "name", target.name()));
        members.put("server", server);
        members.put("origin", originMembers());
        members.put("outcome", outcome);
        members.put("detail", detail);
        members.put("prevHash", prevHash);
        return CanonicalJson.write(members);
    }

    private Map<String, @Nullable Object> originMembers() {
        Map<String, @Nullable Object> members = new HashMap<>();
        members.put("ip", origin.ip());
        members.put("via", origin.via());
        return members;
    }
}
