package dev.escale.control.account;

import dev.escale.control.ControlConfig;
import dev.escale.control.DatabaseUrl;
import dev.escale.control.StartRefused;
import dev.escale.control.audit.AuditTrails;
import dev.escale.control.db.OpenDatabase;
import dev.escale.control.language.Messages;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * {@code --sign-in-link}: prints a new link for the owner or a named person, beside a control plane
 * that runs.
 */
public final class SignInLinkCommand {
    private SignInLinkCommand() {}

    /**
     * @param wanted id or e-mail address of the person; null: the owner who was there first
     * @throws StartRefused when the control plane has never been started, or knows no such person
     */
    public static void run(ControlConfig config, @Nullable String wanted, PrintStream terminal) {
        if (config.database() instanceof DatabaseUrl.Sqlite(var file) && !Files.exists(file)) {
            throw new StartRefused(
                    ("There is no database at %s. If the control plane keeps its data elsewhere,"
                                    + " give this command the same ESCALE_HOME.")
                            .formatted(file));
        }
        Clock clock = Clock.systemUTC();
        try (OpenDatabase opened =
                OpenDatabase.open(config.database(), config.migrationDatabase())) {
            var database = opened.database();
            Persons persons = new Persons(database, clock);
            Person first =
                    persons.first()
                            .orElseThrow(
                                    () ->
                                            new StartRefused(
                                                    "There is no account yet; start the control"
                                                            + " plane once, which prints a sign-in"
                                                            + " link."));
            Person person = wanted == null ? first : find(persons, wanted);
            SignInLinks links = new SignInLinks(database, config.publicUrl(), clock);
            new Welcome(
                            links,
                            persons,
                            opened.lookup(),
                            AuditTrails.of(database, clock),
                            config,
                            Messages.load())
                    .printLink(terminal, person);
        }
    }

    private static Person find(Persons persons, String wanted) {
        return persons.find(wanted)
                .or(() -> persons.withEmail(wanted))
                .orElseThrow(
                        () ->
                                new StartRefused(
                                        "There is no account with the id or e-mail address "
                                                + wanted
                                                + ", or more than one. `escale teams members`"
                                                + " lists the ids."));
    }
}
