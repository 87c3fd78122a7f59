package dev.escale.control.account;

import static dev.escale.control.db.schema.Tables.MEMBER;
import static dev.escale.control.db.schema.Tables.MEMBER_GRANT;
import static dev.escale.control.db.schema.Tables.PERSON;
import static dev.escale.control.db.schema.Tables.TOKEN;

import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.db.schema.tables.records.TokenRecord;
import dev.escale.control.operation.Grants;
import dev.escale.control.team.Members;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jooq.Record;
import org.jooq.Result;
import org.jspecify.annotations.Nullable;

/** Looks up the token that somebody carries. */
final class TokenUse {
    private static final Duration GRANULARITY = Duration.ofMinutes(1);

    private final Database database;
    private final TeamLookup lookup;
    private final Members members;
    private final Clock clock;

    TokenUse(Database database, TeamLookup lookup, Members members, Clock clock) {
        this.database = database;
        this.lookup = lookup;
        this.members = members;
        this.clock = clock;
    }

    /**
     * A token that may be used now, with what its person is in the team.
     *
     * @param person name
     * @param grants null: they do not belong to the team any more
     */
    record Valid(TeamId team, AccessToken token, String person, @Nullable Grants grants) {}

    /**
     * A token that may not be used any more.
     *
     * @param why code of the refusal
     */
    record Ended(TeamId team, String id, String name, String person, String why) {}

    /** The team of the token with this text, whether it may still be used or not. */
    Optional<TeamId> team(String text) {
        return text.startsWith(Tokens.PREFIX)
                ? lookup.ofToken(TokenText.hash(text))
                : Optional.empty();
    }

    /** Whether its team is known without the database. */
    boolean remembers(String text) {
        return lookup.remembersToken(TokenText.hash(text));
    }

    void forget(String text) {
        lookup.forgetToken(TokenText.hash(text));
    }

    /** The token with this text, when it may be used now. Asked with every request: one query. */
    Optional<Valid> valid(TeamId team, String text) {
        Instant now = clock.instant();
        return database.read(
                team,
                tx -> {
                    Result<Record> rows =
                            tx.select(TOKEN.fields())
                                    .select(PERSON.NAME, MEMBER.PERSON)
                                    .select(Members.GRANT)
                                    .from(TOKEN)
                                    .join(PERSON)
                                    .on(PERSON.ID.eq(TOKEN.PERSON))
                                    .leftJoin(MEMBER)
                                    .on(MEMBER.TEAM.eq(TOKEN.TEAM))
                                    .and(MEMBER.PERSON.eq(TOKEN.PERSON))
                                    .leftJoin(MEMBER_GRANT)
                                    .on(MEMBER_GRANT.TEAM.eq(MEMBER.TEAM))
                                    .and(MEMBER_GRANT.PERSON.eq(MEMBER.PERSON))
                                    .where(TOKEN.TEAM.eq(team.value()))
                                    .and(TOKEN.HASH.eq(TokenText.hash(text)))
                                    .and(TOKEN.REVOKED_AT.isNull())
                                    .and(TOKEN.EXPIRES_AT.isNull().or(TOKEN.EXPIRES_AT.gt(now)))
                                    .fetch();
                    return rows.isEmpty()
                            ? Optional.empty()
                            : Optional.of(valid(team, rows.getFirst(), rows));
                });
    }

    private Valid valid(TeamId team, Record first, Result<Record> rows) {
        return new Valid(
                team,
                StoredToken.read(first.into(TOKEN)),
                first.get(PERSON.NAME),
                first.get(MEMBER.PERSON) == null ? null : members.granted(team, rows));
    }

    /** Notes that it was used: at most once a minute, so that reading costs no write. */
    void noteUse(Valid used) {
        Instant now = clock.instant();
        Instant last = used.token().lastUsedAt();
        if (last == null || last.isBefore(now.minus(GRANULARITY))) {
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
}
