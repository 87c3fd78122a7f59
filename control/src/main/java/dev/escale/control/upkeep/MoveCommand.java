package dev.escale.control.upkeep;

import dev.escale.control.ControlConfig;
import dev.escale.control.DatabaseUrl;
import dev.escale.control.StartRefused;
import dev.escale.control.audit.AuditTrails;
import dev.escale.control.audit.AuditVerification;
import dev.escale.control.db.Database;
import dev.escale.control.db.Ids;
import dev.escale.control.db.MoveToPostgresql;
import dev.escale.control.db.OpenDatabase;
import dev.escale.control.db.TeamId;
import dev.escale.control.language.Messages;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.AuditTrail;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Target;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * {@code --move-from-sqlite}: the settings already name PostgreSQL, and what is in the home's
 * SQLite comes along. So no password stands among the arguments, and the next step is the start.
 */
public final class MoveCommand {
    public static final String FLAG = "--move-from-sqlite";

    private final ControlConfig config;
    private final Terminal terminal;

    private MoveCommand(ControlConfig config, Terminal terminal) {
        this.config = config;
        this.terminal = terminal;
    }

    /**
     * @param arguments the flag, perhaps with {@code =PATH}; the home's own file otherwise
     * @throws StartRefused with what is in the way; then nothing has changed
     */
    public static void run(ControlConfig config, List<String> arguments, PrintStream out) {
        Path file =
                arguments.stream()
                        .filter(each -> each.startsWith(FLAG + "="))
                        .map(each -> Path.of(each.substring(FLAG.length() + 1)).toAbsolutePath())
                        .findFirst()
                        .orElse(config.home().resolve("escale.db"));
        new MoveCommand(config, new Terminal(out, Messages.load())).run(file);
    }

    private void run(Path file) {
        DatabaseUrl.Postgresql owner = config.migrationDatabase();
        if (owner == null) {
            throw new StartRefused(
                    "ESCALE_DATABASE_URL and ESCALE_DATABASE_MIGRATION_URL must name the PostgreSQL"
                        + " to move to; they are what the control plane starts with afterwards.");
        }
        DatabaseUrl.Sqlite source = new DatabaseUrl.Sqlite(file);
        MoveToPostgresql.refuseUnlessFree(source);
        try (OpenDatabase target = OpenDatabase.open(config.database(), owner)) {
            var moved = MoveToPostgresql.run(source, owner, new Told(terminal));
            terminal.say(
                    "move.done",
                    "tables",
                    Integer.toString(moved.tables()),
                    "rows",
                    Long.toString(moved.rows()));
            record(target, file);
        }
        terminal.say("move.next", "file", file.toString());
    }

    private static void record(OpenDatabase target, Path file) {
        AuditTrail audit = AuditTrails.of(target.database(), Clock.systemUTC());
        for (TeamId team : target.lookup().all()) {
            audit.record(
                    AuditTrail.Line.event(
                            Ids.random("op"),
                            Actor.system(team),
                            "database.move",
                            Target.of("database", "", "PostgreSQL"),
                            "done",
                            Detail.of("from", file)));
        }
    }

    private record Told(Terminal terminal) implements MoveToPostgresql.Progress {
        @Override
        public void copied(String table, long rows) {
            terminal.say("move.copied", "table", table, "rows", Long.toString(rows));
        }

        @Override
        public void compared(String table, long rows) {
            terminal.say("move.compared", "table", table, "rows", Long.toString(rows));
        }

        /** Of the file, of which every row is the same on both sides by now. */
        @Override
        public void beforeCommit(Database sqlite, List<TeamId> teams) {
            var verification = AuditTrails.verification(sqlite, Clock.systemUTC());
            for (TeamId team : teams) {
                switch (verification.walk(team)) {
                    case AuditVerification.Finding.Intact intact ->
                            terminal.say(
                                    "move.chain",
                                    "team",
                                    team.value(),
                                    "entries",
                                    Long.toString(intact.entries()));
                    case AuditVerification.Finding.Broken broken ->
                            terminal.say(
                                    "move.broken",
                                    "team",
                                    team.value(),
                                    "seq",
                                    Long.toString(broken.seq()));
                }
            }
        }
    }
}
