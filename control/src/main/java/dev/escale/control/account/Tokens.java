package dev.escale.control.account;

import static dev.escale.control.db.schema.Tables.TOKEN;

import dev.escale.control.db.Database;
import dev.escale.control.db.Ids;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.db.schema.tables.records.TokenRecord;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/** Access tokens of persons, each for one team. */
final class Tokens {
    private static final String PREFIX = "esc_";
    private static final Duration USE_GRANULARITY = Duration.ofMinutes(1);

    private final Database database;
    private final TeamLookup lookup;
    private final Clock clock;

    Tokens(Database database, TeamLookup lookup, Clock clock) {
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

    /** A token that may be used now. */
    record Valid(TeamId team, AccessToken token) {}

    /**
     * @param limit null for none
     */
    Fresh make(
            TeamId team,
            String person,
            String name,
            @Nullable Instant expiresAt,
            Grants.@Nullable Limit limit) {
        String text = TokenText.fresh(PREFIX);
        return new Fresh(store(team, person, name, text, expiresAt, limit), text);
    }

    /**
     * Stores a token that was made elsewhere.
     *
     * @return empty when it is known
     */
    Optional<AccessToken> adopt(TeamId team, String person, String name, String text) {
        return lookup.ofToken(TokenText.hash(text)).isPresent()
                ? Optional.empty()
                : Optional.of(store(team, person, name, text, null, null));
    }

    /** The team of the token with this text, whether it may still be used or not. */
    Optional<TeamId> team(String text) {
        return text.startsWith(PREFIX) ? lookup.ofToken(TokenText.hash(text)) : Optional.empty();
    }

    /** The token with this text, when it may be used now. */
    Optional<Valid> valid(TeamId team, String text) {
        Instant now = clock.instant();
        return database.read(
                        team,
                        tx ->
                                tx.selectFrom(TOKEN)
                                        .where(TOKEN.TEAM.eq(team.value()))
                                        .and(TOKEN.HASH.eq(TokenText.hash(text)))
                                        .and(TOKEN.REVOKED_AT.isNull())
                                        .and(TOKEN.EXPIRES_AT.isNull().or(TOKEN.EXPIRES_AT.gt(now)))
                                        .fetchOptional())
                .map(row -> new Valid(team, token(row)));
    }

    /** Notes that it was used: at most once a minute, so that reading costs no write. */
    void noteUse(Valid used) {
        Instant now = clock.instant();
        Instant last = used.token().lastUsedAt();
        if (last == null || last.isBefore(now.minus(USE_GRANULARITY))) {
            database.write(
                    used.team(),
                    tx ->
                            tx.update(TOKEN)
                                    .set(TOKEN.LAST_USED_AT, now)
                                    .where(TOKEN.TEAM.eq(used.team().value()))
                                    .and(TOKEN.ID.eq(used.token().id()))
                                    .execute());
        }
    }

    /**
     * A token that may not be used any more.
     *
     * @param why code of the refusal
     */
    record Ended(TeamId team, String id, String name, String person, String why) {}

    /** The token with this text, when it was revoked or has expired. */
    Optional<Ended> ended(String text) {
        String hash = TokenText.hash(text);
        return lookup.ofToken(hash)
                .flatMap(
                        team ->
                                database.read(
                                        team,
                                        tx ->
                                                tx.selectFrom(TOKEN)
                                                        .where(TOKEN.TEAM.eq(team.value()))
                                                        .and(TOKEN.HASH.eq(hash))
                                                        .fetchOptional(row -> ended(team, row))));
    }

    private static Ended ended(TeamId team, TokenRecord row) {
        return new Ended(
                team,
                row.getId(),
                row.getName(),
                row.getPerson(),
                row.getRevokedAt() == null ? "token.expired" : "token.revoked");
    }

    /** Newest first. */
    List<AccessToken> all(TeamId team, String person) {
        return database.read(
                team,
                tx ->
                        tx.selectFrom(TOKEN)
                                .where(ofPerson(team, person))
                                .and(TOKEN.REVOKED_AT.isNull())
                                .orderBy(TOKEN.CREATED_AT.desc(), TOKEN.ID)
                                .fetch(Tokens::token));
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
     * @return whether there was one to revoke
     */
    boolean revoke(TeamId team, String person, String id) {
        return database.write(
                team,
                tx ->
                        tx.update(TOKEN)
                                        .set(TOKEN.REVOKED_AT, clock.instant())
                                        .where(ofPerson(team, person))
                                        .and(TOKEN.ID.eq(id))
                                        .and(TOKEN.REVOKED_AT.isNull())
                                        .execute()
                                == 1);
    }

    /** All of one person in one team. */
    void revokeAll(TeamId team, String person) {
        database.write(
                team,
                tx ->
                        tx.update(TOKEN)
                                .set(TOKEN.REVOKED_AT, clock.instant())
                                .where(ofPerson(team, person))
                                .and(TOKEN.REVOKED_AT.isNull())
                                .execute());
    }

    private AccessToken store(
            TeamId team,
            String person,
            String name,
            String text,
            @Nullable Instant expiresAt,
            Grants.@Nullable Limit limit) {
        Set<String> permissions = limit == null ? null : limit.permissions();
        List<Scope> scopes = limit == null ? List.of() : limit.scopes();
        AccessToken token =
                new AccessToken(
                        Ids.random("tok"),
                        name,
                        person,
                        clock.instant(),
                        expiresAt,
                        null,
                        permissions,
                        scopes);
        database.write(
                team,
                tx ->
                        tx.insertInto(TOKEN)
                                .set(TOKEN.ID, token.id())
                                .set(TOKEN.TEAM, team.value())
                                .set(TOKEN.PERSON, person)
                                .set(TOKEN.NAME, name)
                                .set(TOKEN.HASH, TokenText.hash(text))
                                .set(TOKEN.CREATED_AT, token.createdAt())
                                .set(TOKEN.EXPIRES_AT, expiresAt)
                                .set(
                                        TOKEN.PERMISSIONS,
                                        permissions == null
                                                ? null
                                                : String.join(" ", new TreeSet<>(permissions)))
                                .set(TOKEN.SCOPES, scopes.isEmpty() ? null : text(scopes))
                                .execute());
        return token;
    }

    private static Condition ofPerson(TeamId team, String person) {
        return TOKEN.TEAM.eq(team.value()).and(TOKEN.PERSON.eq(person));
    }

    private static AccessToken token(TokenRecord row) {
        return new AccessToken(
                row.getId(),
                row.getName(),
                row.getPerson(),
                row.getCreatedAt(),
                row.getExpiresAt(),
                row.getLastUsedAt(),
                row.getPermissions() == null ? null : Set.of(row.getPermissions().split(" ")),
                row.getScopes() == null ? List.of() : scopes(row.getScopes()));
    }

    private static String text(List<Scope> scopes) {
        return scopes.stream()
                .map(scope -> scope.kind().text() + " " + scope.id())
                .collect(Collectors.joining("\n"));
    }

    private static List<Scope> scopes(String text) {
        return Arrays.stream(text.split("\n"))
                .map(line -> line.split(" ", 2))
                .map(parts -> new Scope(Scope.Kind.parse(parts[0]), parts[1]))
                .toList();
    }
}
