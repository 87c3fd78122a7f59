package dev.escale.control.account;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ActorType;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Origin;
import dev.escale.control.operation.RefusedAttempts;
import dev.escale.control.operation.Target;
import dev.escale.control.team.Members;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Who carries a token. */
public final class TokenAuthentication {
    private final TokenUse tokens;
    private final Persons persons;
    private final Members members;
    private final RefusedAttempts refusals;

    TokenAuthentication(
            TokenUse tokens, Persons persons, Members members, RefusedAttempts refusals) {
        this.refusals = refusals;
        this.tokens = tokens;
        this.persons = persons;
        this.members = members;
    }

    /** As {@link #byToken(String, Origin, Locale)}, in English. */
    public Optional<Actor> byToken(String token, Origin origin) {
        return byToken(token, origin, Locale.ENGLISH);
    }

    /**
     * @return empty when the token is unknown, expired or revoked, or its person has left the team
     */
    public Optional<Actor> byToken(String token, Origin origin, Locale locale) {
        Optional<TokenUse.Valid> valid = tokens.use(token);
        if (valid.isEmpty()) {
            tokens.ended(token).ifPresent(ended -> refused(ended, origin));
        }
        return valid.flatMap(
                found ->
                        members.grants(found.team(), found.token().person())
                                .map(grants -> actor(found, grants, origin, locale)));
    }

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

    private Actor actor(TokenUse.Valid valid, Grants grants, Origin origin, Locale locale) {
        Grants.Limit limit = valid.token().limit();
        return new Actor(
                ActorType.TOKEN,
                valid.token().id(),
                name(valid.token().person()),
                valid.team(),
                limit == null ? grants : grants.within(limit),
                origin,
                locale);
    }
}
