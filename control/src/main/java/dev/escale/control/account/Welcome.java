package dev.escale.control.account;

import dev.escale.control.ControlConfig;
import dev.escale.control.db.Ids;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.language.Messages;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.AuditTrail;
import dev.escale.control.operation.Target;
import java.io.PrintStream;
import java.net.URI;
import java.util.Locale;
import java.util.Map;

/**
 * What the terminal shows when the control plane is ready. The link is printed there and never
 * logged.
 */
final class Welcome {
    private final SignInLinks links;
    private final Persons persons;
    private final TeamLookup lookup;
    private final AuditTrail audit;
    private final ControlConfig config;
    private final Messages messages;

    Welcome(
            SignInLinks links,
            Persons persons,
            TeamLookup lookup,
            AuditTrail audit,
            ControlConfig config,
            Messages messages) {
        this.lookup = lookup;
        this.audit = audit;
        this.links = links;
        this.persons = persons;
        this.config = config;
        this.messages = messages;
    }

    /** With a sign-in link as long as nobody has ever signed in. */
    void print(PrintStream terminal) {
        say(terminal, "start.ready", Map.of("url", config.publicUrl().toString()));
        if (!links.everUsed()) {
            printLink(terminal, persons.first().orElseThrow());
        }
    }

    void printLink(PrintStream terminal, Person owner) {
        lookup.ofPerson(owner.id()).stream().findFirst().ifPresent(team -> madeLink(team, owner));
        URI link = links.make(owner.id());
        say(terminal, "start.signIn", Map.of("name", owner.name(), "url", link.toString()));
    }

    private void madeLink(TeamId team, Person owner) {
        audit.record(
                AuditTrail.Line.event(
                        Ids.random("op"),
                        Actor.system(team),
                        "signInLink.create",
                        Target.of("person", owner.id(), owner.name()),
                        "done",
                        Map.of()));
    }

    private void say(PrintStream terminal, String key, Map<String, String> facts) {
        terminal.println(messages.text(Locale.getDefault(), key, facts));
        terminal.flush();
    }
}
