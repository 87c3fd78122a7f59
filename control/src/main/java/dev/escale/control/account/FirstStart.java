package dev.escale.control.account;

import dev.escale.control.ControlConfig;
import dev.escale.control.SecretText;
import dev.escale.control.team.Role;
import dev.escale.control.team.Team;
import dev.escale.control.team.Teams;

/** Makes the one team and its owner, when there is none, before the first request. */
final class FirstStart {
    private final Teams teams;
    private final Persons persons;
    private final Tokens tokens;

    FirstStart(Teams teams, Persons persons, Tokens tokens) {
        this.teams = teams;
        this.persons = persons;
        this.tokens = tokens;
    }

    void run(ControlConfig config) {
        Team home = teams.all().stream().findFirst().orElseGet(() -> teams.make("home", "Home"));
        Person owner = persons.first().orElseGet(() -> persons.make("Owner"));
        if (teams.role(home.id(), owner.id()).isEmpty()) {
            teams.join(home.id(), owner.id(), Role.OWNER);
        }
        SecretText bootstrap = config.bootstrapToken();
        if (bootstrap != null) {
            tokens.adopt(home.id(), owner.id(), "bootstrap", bootstrap.value());
        }
    }
}
