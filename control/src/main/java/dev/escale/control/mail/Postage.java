package dev.escale.control.mail;

import static dev.escale.control.db.schema.Tables.POSTAGE;

import dev.escale.control.db.Database;
import dev.escale.control.db.Ids;
import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Problem;
import dev.escale.control.operation.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import org.jooq.DSLContext;

/**
 * How much mail there may be within a day: of one team, and of one team to one address, which is
 * refused beyond that; and to one address from all teams, so that nobody's mailbox is filled by us.
 * As no team may learn what another one sends, that is never refused: the letter goes later. What
 * was taken back or deleted counts too.
 */
final class Postage {
    static final int PER_TEAM_AND_ADDRESS = 10;
    static final int PER_TEAM = 200;
    static final int PER_ADDRESS = 30;
    private static final Duration DAY = Duration.ofDays(1);

    private final Database database;
    private final Clock clock;

    Postage(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * For one more letter. Part of the caller's transaction.
     *
     * @return when it may go
     * @throws ProblemException 429 {@code mail.tooManyToAddress} or {@code mail.tooManyOfTeam}
     */
    Instant take(TeamId team, String recipient) {
        Instant now = clock.instant();
        return database.system(
                tx -> {
                    Database.lock(tx, POSTAGE);
                    tx.deleteFrom(POSTAGE).where(POSTAGE.AT.le(now.minus(DAY))).execute();
                    refuseIfSpent(tx, team, recipient, now);
                    add(tx, of(team), now);
                    add(tx, ofTeamTo(team, recipient), now);
                    Instant free = free(tx, to(recipient), PER_ADDRESS, now);
                    add(tx, to(recipient), free);
                    return free;
                });
    }

    /** As {@link #take}, before it is tried. */
    void check(TeamId team, String recipient) {
        Instant now = clock.instant();
        database.systemRead(tx -> refuseIfSpent(tx, team, recipient, now));
    }

    private static boolean refuseIfSpent(
            DSLContext tx, TeamId team, String recipient, Instant now) {
        Instant toAddress = free(tx, ofTeamTo(team, recipient), PER_TEAM_AND_ADDRESS, now);
        if (toAddress.isAfter(now)) {
            throw refused(
                    "mail.tooManyToAddress",
                    PER_TEAM_AND_ADDRESS,
                    Duration.between(now, toAddress),
                    recipient);
        }
        Instant ofTeam = free(tx, of(team), PER_TEAM, now);
        if (ofTeam.isAfter(now)) {
            throw refused("mail.tooManyOfTeam", PER_TEAM, Duration.between(now, ofTeam), recipient);
        }
        return true;
    }

    /**
     * @return when one more may go, not before now
     */
    private static Instant free(DSLContext tx, String budget, int most, Instant now) {
        return tx.select(POSTAGE.AT)
                .from(POSTAGE)
                .where(POSTAGE.BUDGET.eq(budget))
                .and(POSTAGE.AT.gt(now.minus(DAY)))
                .orderBy(POSTAGE.AT.desc())
                .limit(1)
                .offset(most - 1)
                .fetchOptional(POSTAGE.AT)
                .map(oldest -> oldest.plus(DAY))
                .orElse(now);
    }

    private static void add(DSLContext tx, String budget, Instant at) {
        tx.insertInto(POSTAGE)
                .set(POSTAGE.ID, Ids.random("post"))
                .set(POSTAGE.BUDGET, budget)
                .set(POSTAGE.AT, at)
                .execute();
    }

    private static ProblemException refused(String code, int most, Duration wait, String email) {
        return new ProblemException(
                Problem.of(
                        429,
                        code,
                        "email",
                        email,
                        "most",
                        Integer.toString(most),
                        "seconds",
                        Long.toString(wait.toSeconds() + 1)));
    }

    private static String of(TeamId team) {
        return "team:" + team.value();
    }

    private static String ofTeamTo(TeamId team, String recipient) {
        return "both:" + hash(team.value() + " " + address(recipient));
    }

    private static String to(String recipient) {
        return "address:" + hash(address(recipient));
    }

    private static String address(String recipient) {
        return recipient.toLowerCase(Locale.ROOT);
    }

    private static String hash(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
