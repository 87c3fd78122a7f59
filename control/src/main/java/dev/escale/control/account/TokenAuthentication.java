package dev.escale.control.account;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ActorType;
import dev.escale.control.operation.Origin;
import dev.escale.control.team.Role;
import dev.escale.control.team.Teams;
import java.util.Locale;
import java.util.Optional;

/** Who carries a token. */
public final class TokenAuthentication {
    private final Tokens tokens;
    private final Persons persons;
    private final Teams teams;

    TokenAuthentication(Tokens tokens, Persons persons, Teams teams) {
        this.tokens = tokens;
        this.persons = persons;
        this.teams = teams;
    }

    /** As {@link #byToken(String, Origin, Locale)}, in English. */
    public Optional<Actor> byToken(String token, Origin origin) {
        return byToken(token, origin, Locale.ENGLISH);
    }

    /**
     * @return empty when the token is unknown, expired or revoked, or its person has left the team
     */
    public Optional<Actor> byToken(String token, Origin origin, Locale locale) {
        return tokens.use(token)
                .flatMap(
                        valid ->
                                teams.role(valid.team(), valid.person())
                                        .map(role -> actor(valid, role, origin, locale)));
    }

    private Actor actor(Tokens.Valid valid, Role role, Origin origin, Locale locale) {
        String name = persons.find(valid.person()).map(Person::name).orElse(valid.person());
        return new Actor(
                ActorType.TOKEN,
                valid.id(),
                name,
                valid.team(),
                role.permissions(),
                origin,
                locale);
    }
}
