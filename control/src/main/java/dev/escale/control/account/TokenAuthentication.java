package dev.escale.control.account;

import dev.escale.control.db.Database;
import dev.escale.control.db.DatabaseTrouble;
import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ActorType;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Origin;
import dev.escale.control.operation.RefusedAttempts;
import dev.escale.control.operation.Target;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Who carries a token. */
public final class TokenAuthentication {
    private final Database database;
    private final TokenUse tokens;
    private final Persons persons;
    private final RefusedAttempts refusals;

    TokenAuthentication(
            Database database, TokenUse tokens, Persons persons, RefusedAttempts refusals) {
        this.database = database;
        this.refusals = refusals;
        this.tokens = tokens;
        this.persons = persons;
    }

    /** Whether it let somebody in before, as far as is known without the database. */
    public boolean remembers(String token) {
        return tokens.remembers(token);
    }

    /** As {@link #byToken(String, Origin, Locale)}, in English. */
    public Optional<Actor> byToken(String token, Origin origin) {
        return byToken(token, origin, Locale.ENGLISH);
    }

    /**
     * @return empty when the token is unknown, expired or revoked, or its person has left the team
     */
    public Optional<Actor> byToken(String token, Origin origin, Locale locale) {
        return tokens.team(token).flatMap(team -> ofTeam(team, token, origin, locale));
    }

    /** All that a request asks before it begins, as it was at one moment. */
    private Optional<Actor> ofTeam(TeamId team, String token, Origin origin, Locale locale) {
        Asked asked =
                database.read(
                        team,
                        _ -> {
                            Optional<TokenUse.Valid> valid = tokens.valid(team, token);
                            return new Asked(
                                    valid, valid.flatMap(found -> actor(found, origin, locale)));
                        });
        asked.valid()
                .ifPresentOrElse(
                        this::noteUse,
                        () -> tokens.ended(token).ifPresent(ended -> refused(ended, origin)));
        if (asked.actor().isEmpty()) {
            tokens.forget(token);
        }
        return asked.actor();
    }

    /** A database that cannot be written to keeps nobody from looking. */
    private void noteUse(TokenUse.Valid used) {
        try {
            tokens.noteUse(used);
        } catch (RuntimeException failure) {
            if (DatabaseTrouble.of(failure).isEmpty()) {
                throw failure;
            }
        }
    }

    private record Asked(Optional<TokenUse.Valid> valid, Optional<Actor> actor) {}

    private void refused(TokenUse.Ended ended, Origin origin) {
        var actor =
                new Actor(
                        ActorType.TOKEN,
                        ended.id(),
                        name(ended.person()),
                        ended.team(),
                        Grants.NONE,
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

    private Optional<Actor> actor(TokenUse.Valid valid, Origin origin, Locale locale) {
        return Optional.ofNullable(valid.grants())
                .map(grants -> actor(valid, grants, origin, locale));
    }

    private Actor actor(TokenUse.Valid valid, Grants grants, Origin origin, Locale locale) {
        Grants.Limit limit = valid.token().limit();
        return new Actor(
                ActorType.TOKEN,
                valid.token().id(),
                valid.person(),
                valid.team(),
                limit == null ? grants : grants.within(limit),
                origin,
                locale);
    }
}
