package dev.escale.control.upkeep;

import dev.escale.control.ControlConfig;
import dev.escale.control.StartRefused;
import dev.escale.control.audit.AuditTrails;
import dev.escale.control.db.Ids;
import dev.escale.control.db.OpenDatabase;
import dev.escale.control.db.TeamId;
import dev.escale.control.language.Messages;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.AuditTrail;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Target;
import dev.escale.control.secret.KeyRotation;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code --rotate-keys}: new keys for what is at rest, beside a control plane that runs. */
public final class RotateKeysCommand {
    private static final long TOLD_EVERY = 1_000;

    private final KeyRotation rotation;
    private final List<TeamId> teams;
    private final AuditTrail audit;
    private final Terminal terminal;
    private final String operation = Ids.random("op");
    private long told;

    RotateKeysCommand(
            KeyRotation rotation, List<TeamId> teams, AuditTrail audit, Terminal terminal) {
        this.rotation = rotation;
        this.teams = teams;
        this.audit = audit;
        this.terminal = terminal;
    }

    /**
     * @throws StartRefused when the control plane has never been started, or its master key is not
     *     there or cannot be replaced
     */
    public static void run(ControlConfig config, PrintStream out) {
        Clock clock = Clock.systemUTC();
        try (OpenDatabase opened =
                OpenDatabase.open(config.database(), config.migrationDatabase())) {
            var database = opened.database();
            List<TeamId> teams = opened.lookup().all();
            if (teams.isEmpty()) {
                throw new StartRefused(
                        "There is nothing to rotate the keys of yet; start the control plane"
                                + " once.");
            }
            new RotateKeysCommand(
                            KeyRotation.of(config.masterKey(), database, opened.lookup(), clock),
                            teams,
                            AuditTrails.of(database, clock),
                            new Terminal(out, Messages.load()))
                    .run();
        }
    }

    /** In the record of every team, since the secrets of all of them are touched. */
    void run() {
        record(AuditTrail.Phase.INTENT, null, Map.of());
        String outcome = "failed";
        Map<String, String> detail = Map.of();
        try {
            KeyRotation.Master master = rotation.renewMaster();
            terminal.say("keys.master." + master.name().toLowerCase(Locale.ROOT));
            String key = rotation.renewDataKey();
            terminal.say(key == null ? "keys.unfinished" : "keys.renewed");
            detail = Detail.of("master", master, "key", key);
            reseal();
            outcome = "done";
        } finally {
            record(AuditTrail.Phase.OUTCOME, outcome, detail);
        }
    }

    private void reseal() {
        long all = rotation.left();
        long closed = rotation.reseal(done -> tell(done, all));
        if (closed > 0) {
            throw new StartRefused(
                    ("%d values do not open by any key, so the old keys are kept; the log names"
                                    + " their rows.")
                            .formatted(closed));
        }
        terminal.say("keys.done", "count", Long.toString(all));
    }

    private void tell(long done, long all) {
        if (done - told >= TOLD_EVERY) {
            told = done;
            terminal.say("keys.progress", "done", Long.toString(done), "all", Long.toString(all));
        }
    }

    private void record(
            AuditTrail.Phase phase, @Nullable String outcome, Map<String, String> detail) {
        for (TeamId team : teams) {
            audit.record(
                    new AuditTrail.Line(
                            operation,
                            phase,
                            null,
                            null,
                            Actor.system(team),
                            "keys.rotate",
                            Target.of("keys", "", ""),
                            outcome,
                            detail));
        }
    }
}
