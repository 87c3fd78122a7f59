package dev.escale.control.account;

import static dev.escale.control.db.schema.Tables.ADOPTED_TOKEN;
import static dev.escale.control.db.schema.Tables.TOKEN;

import dev.escale.control.db.Database;
import dev.escale.control.db.Ids;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Scope;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Access tokens of persons, each for one team. */
final class Tokens {
    static final String PREFIX = "esc_";

    private final Database database;
    private final TeamLookup lookup;
    private final WaysOfTokens ways;
    private final Clock clock;

    Tokens(Database database, TeamLookup lookup, WaysOfTokens ways, Clock clock) {
        this.ways = ways;
        this.database = database;
        this.lookup = lookup;
        this.clock = clock;
    }

    /**
     * @param text the token itself, shown this once
     */
    record Fresh(AccessToken token, String text) {
        @Override
        public String toString() {
            return "Fresh[" + token.id() + ", •••]";
        }
    }

    /**
     * What is wanted of a new one.
     *
     * @param limit null for none
     * @param madeBy id of the token that asks; null: its person does
     */
    record Wanted(
            String name,
            @Nullable Instant expiresAt,
            Grants.@Nullable Limit limit,
            @Nullable String madeBy) {}

    /**
     * @throws ProblemException 401 when the token that asks has been revoked meanwhile
     */
    Fresh make(TeamId team, String person, Wanted wanted) {
        String text = TokenText.fresh(PREFIX);
        return database.write(
                team,
                tx -> {
                    Persons.queueUp(tx, person);
                    String maker = wanted.madeBy();
                    if (maker != null) {
                        hold(team, person, maker);
                    }
                    return new Fresh(store(team, person, wanted, text), text);
                });
    }

    /**
     * Part of the caller's transaction: to its end nobody revokes the token.
     *
     * @throws ProblemException 401 when it has been revoked
     */
    void hold(TeamId team, String person, String id) {
        database.write(
                team,
                tx -> {
                    Persons.queueUp(tx, person);
                    return known(tx, team, person, id)
                            .orElseThrow(() -> ProblemException.of(401, "request.unauthenticated"));
                });
    }

    /**
     * Stores a token that was made elsewhere, once: what was revoked, or went with its team, does
     * not come back.
     *
     * @return empty when it is known, or was adopted before
     */
    Optional<AccessToken> adopt(TeamId team, String person, String name, String text) {
        String hash = TokenText.hash(text);
        var wanted = new Wanted(name, null, null, null);
        return database.write(
                team,
                tx -> {
                    int first =
                            tx.insertInto(ADOPTED_TOKEN)
                                    .set(ADOPTED_TOKEN.HASH, hash)
                                    .set(ADOPTED_TOKEN.ADOPTED_AT, clock.instant())
                                    .onConflictDoNothing()
                                    .execute();
                    return first == 0 || lookup.ofToken(hash).isPresent()
                            ? Optional.empty()
                            : Optional.of(store(team, person, wanted, text));
                });
    }

    /** Newest first. */
    List<AccessToken> all(TeamId team, String person) {
        return database.read(team, tx -> all(tx, team, person));
    }

    /** Tokens that it made, and that those made, newest first. All of them end with it. */
    List<AccessToken> madeBy(TeamId team, String person, String id) {
        return TokenFamily.madeBy(id, all(team, person));
    }

    /** What would end beside these tokens. */
    WaysOfTokens.Ways ways(TeamId team, List<String> ids) {
        return ways.open(team, ids);
    }

    private static List<AccessToken> all(DSLContext tx, TeamId team, String person) {
        return tx.selectFrom(TOKEN)
                .where(ofPerson(team, person))
                .and(TOKEN.REVOKED_AT.isNull())
                .orderBy(TOKEN.CREATED_AT.desc(), TOKEN.ID)
                .fetch(StoredToken::read);
    }

    private static Optional<AccessToken> known(
            DSLContext tx, TeamId team, String person, String id) {
        return all(tx, team, person).stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /** Whose token it is. */
    String person(TeamId team, String id) {
        return database.read(
                        team,
                        tx ->
                                tx.select(TOKEN.PERSON)
                                        .from(TOKEN)
                                        .where(TOKEN.TEAM.eq(team.value()))
                                        .and(TOKEN.ID.eq(id))
                                        .fetchOptional(TOKEN.PERSON))
                .orElseThrow();
    }

    /**
     * What ended.
     *
     * @param tokens ids; empty when there was none to revoke
     */
    record Ended(List<String> tokens, WaysOfTokens.Ways ways) {
        Ended {
            tokens = List.copyOf(tokens);
        }
    }

    /** With what it made, directly or not. */
    Ended revoke(TeamId team, String person, String id) {
        return database.write(
                team,
                tx -> {
                    Persons.queueUp(tx, person);
                    List<AccessToken> all = all(tx, team, person);
                    List<String> ended =
                            Stream.concat(
                                            all.stream().filter(each -> each.id().equals(id)),
                                            TokenFamily.madeBy(id, all).stream())
                                    .map(AccessToken::id)
                                    .toList();
                    return end(tx, team, ended);
                });
    }

    /** All of one person in one team. */
    void revokeAll(TeamId team, String person) {
        database.write(
                team,
                tx -> {
                    Persons.queueUp(tx, person);
                    List<AccessToken> all = all(tx, team, person);
                    return end(tx, team, all.stream().map(AccessToken::id).toList());
                });
    }

    private Ended end(DSLContext tx, TeamId team, List<String> ids) {
        tx.update(TOKEN)
                .set(TOKEN.REVOKED_AT, clock.instant())
                .where(TOKEN.TEAM.eq(team.value()))
                .and(TOKEN.ID.in(ids))
                .execute();
        return new Ended(ids, ways.end(team, ids));
    }

    private AccessToken store(TeamId team, String person, Wanted wanted, String text) {
        Grants.Limit limit = wanted.limit();
        Set<String> permissions = limit == null ? null : limit.permissions();
        List<Scope> scopes = limit == null ? List.of() : limit.scopes();
        AccessToken token =
                new AccessToken(
                        Ids.random("tok"),
                        wanted.name(),
                        person,
                        clock.instant(),
                        wanted.expiresAt(),
                        null,
                        permissions,
                        scopes,
                        wanted.madeBy());
        database.write(
                team,
                tx ->
                        tx.insertInto(TOKEN)
                                .set(TOKEN.ID, token.id())
                                .set(TOKEN.TEAM, team.value())
                                .set(TOKEN.PERSON, person)
                                .set(TOKEN.NAME, token.name())
                                .set(TOKEN.HASH, TokenText.hash(text))
                                .set(TOKEN.CREATED_AT, token.createdAt())
                                .set(TOKEN.EXPIRES_AT, token.expiresAt())
                                .set(TOKEN.MADE_BY, token.madeBy())
                                .set(TOKEN.PERMISSIONS, StoredToken.permissions(permissions))
                                .set(TOKEN.SCOPES, StoredToken.scopes(scopes))
                                .execute());
        return token;
    }

    private static Condition ofPerson(TeamId team, String person) {
        return TOKEN.TEAM.eq(team.value()).and(TOKEN.PERSON.eq(person));
    }
}
