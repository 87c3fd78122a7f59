package dev.escale.control.account;

import dev.escale.control.ControlConfig;
import dev.escale.control.language.Messages;
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
    private final ControlConfig config;
    private final Messages messages;

    Welcome(SignInLinks links, Persons persons, ControlConfig config, Messages messages) {
        this.links = links;
        this.persons = persons;
        this.config = config;
        this.messages = messages;
    }

    /** With a sign-in link as long as nobody has ever signed in. */
    void print(PrintStream terminal) {
        say(terminal, "start.ready", Map.of("url", config.publicUrl().toString()));
        if (!links.everUsed()) {
            printLink(terminal);
        }
    }

    void printLink(PrintStream terminal) {
        Person owner = persons.first().orElseThrow();
        URI link = links.make(owner.id());
        say(terminal, "start.signIn", Map.of("name", owner.name(), "url", link.toString()));
    }

    private void say(PrintStream terminal, String key, Map<String, String> facts) {
        terminal.println(messages.text(Locale.getDefault(), key, facts));
        terminal.flush();
    }
}
