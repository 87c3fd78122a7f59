package dev.escale.control.upkeep;

import dev.escale.control.ControlConfig;
import dev.escale.control.DatabaseUrl;
import dev.escale.control.StartRefused;
import dev.escale.control.audit.AuditTrails;
import dev.escale.control.db.Ids;
import dev.escale.control.db.MovedAway;
import dev.escale.control.db.OpenDatabase;
import dev.escale.control.db.TeamId;
import dev.escale.control.language.Messages;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.AuditTrail;
import dev.escale.control.operation.Target;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;

/** {@code --return-to-sqlite}: a file that was moved to PostgreSQL may be started on again. */
public final class ReturnCommand {
    private ReturnCommand() {}

    /**
     * @throws StartRefused when the settings name no file, or it was not moved
     */
    public static void run(ControlConfig config, PrintStream out) {
        if (!(config.database() instanceof DatabaseUrl.Sqlite file)) {
            throw new StartRefused(
                    "ESCALE_DATABASE_URL names a PostgreSQL; take it out, or let it name the file"
                            + " of SQLite to go back to.");
        }
        MovedAway moved = MovedAway.takeBack(file, ReturnCommand::record);
        new Terminal(out, Messages.load())
                .say("return.done", "file", file.file().toString(), "place", moved.place());
    }

    private static void record(OpenDatabase sqlite) {
        AuditTrail audit = AuditTrails.of(sqlite.database(), Clock.systemUTC());
        for (TeamId team : sqlite.lookup().all()) {
            audit.record(
                    AuditTrail.Line.event(
                            Ids.random("op"),
                            Actor.system(team),
                            "database.return",
                            Target.of("database", "", "SQLite"),
                            "done",
                            Map.of()));
        }
    }
}
