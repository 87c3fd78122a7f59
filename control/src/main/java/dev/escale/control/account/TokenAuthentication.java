package dev.escale.control.account;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ActorType;
import dev.escale.control.operation.Origin;
import dev.escale.control.operation.RefusedAttempts;
import dev.escale.control.operation.Target;
import dev.escale.control.team.Role;
import dev.escale.control.team.Teams;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who carries a token. */
public final class TokenAuthentication {
    private final Tokens tokens;
    private final Persons persons;
    private final Teams teams;
    private final RefusedAttempts refusals;

    TokenAuthentication(Tokens tokens, Persons persons, Teams teams, RefusedAttempts refusals) {
        this.refusals = refusals;
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
        Optional<Tokens.Valid> valid = tokens.use(token);
        if (valid.isEmpty()) {
            tokens.ended(token).ifPresent(ended -> refused(ended, origin));
        }
        return valid.flatMap(
                found ->
                        teams.role(found.team(), found.person())
                                .map(role -> actor(found, role, origin, locale)));
    }

    private void refused(Tokens.Ended ended, Origin origin) {
        var actor =
                new Actor(
                        ActorType.TOKEN,
                        ended.id(),
                        name(ended.person()),
                        ended.team(),
                        Set.of(),
                        origin,
                        Locale.ENGLISH);
        refusals.record(
                actor,
                "token.use",
                Target.of("token", ended.id(), ended.name()),
                ended.why(),
                Map.of());
    }

    private String name(String person) {
        return persons.find(person).map(Person::name).orElse(person);
    }

    private Actor actor(Tokens.Valid valid, Role role, Origin origin, Locale locale) {
        return new Actor(
                ActorType.TOKEN,
                valid.id(),
                name(valid.person()),
                valid.team(),
                role.permissions(),
                origin,
                locale);
    }
}
