package dev.escale.control.account;

import static dev.escale.control.db.schema.Tables.TOKEN;

import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.db.schema.tables.records.TokenRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Looks up the token that somebody carries. */
final class TokenUse {
    private static final Duration GRANULARITY = Duration.ofMinutes(1);

    private final Database database;
    private final TeamLookup lookup;
    private final Clock clock;

    TokenUse(Database database, TeamLookup lookup, Clock clock) {
        this.database = database;
        this.lookup = lookup;
        this.clock = clock;
    }

    /** A token that may be used now. */
    record Valid(TeamId team, AccessToken token) {}

    /**
     * A token that may not be used any more.
     *
     * @param why code of the refusal
     */
    record Ended(TeamId team, String id, String name, String person, String why) {}

    /** The valid token with this text, and a note that it was used. */
    Optional<Valid> use(String text) {
        if (!text.startsWith(Tokens.PREFIX)) {
            return Optional.empty();
        }
        String hash = TokenText.hash(text);
        return lookup.ofToken(hash).flatMap(team -> use(team, hash));
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

    private Optional<Valid> use(TeamId team, String hash) {
        Instant now = clock.instant();
        Optional<TokenRecord> found =
                database.read(
                        team,
                        tx ->
                                tx.selectFrom(TOKEN)
                                        .where(TOKEN.TEAM.eq(team.value()))
                                        .and(TOKEN.HASH.eq(hash))
                                        .and(TOKEN.REVOKED_AT.isNull())
                                        .and(TOKEN.EXPIRES_AT.isNull().or(TOKEN.EXPIRES_AT.gt(now)))
                                        .fetchOptional());
        found.ifPresent(row -> noteUse(team, row, now));
        return found.map(row -> new Valid(team, StoredToken.read(row)));
    }

    /** At most once a minute, so that reading costs no write. */
    private void noteUse(TeamId team, TokenRecord row, Instant now) {
        Instant last = row.getLastUsedAt();
        if (last == null || last.isBefore(now.minus(GRANULARITY))) {
            database.write(
                    team,
                    tx ->
                            tx.update(TOKEN)
                                    .set(TOKEN.LAST_USED_AT, now)
                                    .where(TOKEN.TEAM.eq(team.value()))
                                    .and(TOKEN.ID.eq(row.getId()))
                                    .execute());
        }
    }
}
