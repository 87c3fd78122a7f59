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
 * How much mail there may be within a day: to one address, from whichever team, so that nobody's
 * mailbox is filled by us; and of one team. What was taken back or deleted counts too.
 */
final class Postage {
    static final int PER_ADDRESS = 10;
    static final int PER_TEAM = 200;
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
     * @throws ProblemException 429 {@code mail.tooManyToAddress} or {@code mail.tooManyOfTeam}
     */
    void take(TeamId team, String recipient) {
        Instant now = clock.instant();
        database.system(
                tx -> {
                    Database.lock(tx, POSTAGE);
                    tx.deleteFrom(POSTAGE).where(POSTAGE.AT.le(now.minus(DAY))).execute();
                    refuseIfSpent(tx, team, recipient, now);
                    add(tx, address(recipient), now);
                    return add(tx, of(team), now);
                });
    }

    /** As {@link #take}, before it is tried. */
    void check(TeamId team, String recipient) {
        Instant now = clock.instant();
        database.systemRead(tx -> refuseIfSpent(tx, team, recipient, now));
    }

    private static boolean refuseIfSpent(
            DSLContext tx, TeamId team, String recipient, Instant now) {
        long address = wait(tx, address(recipient), PER_ADDRESS, now);
        if (address > 0) {
            throw refused("mail.tooManyToAddress", PER_ADDRESS, address, recipient);
        }
        long ofTeam = wait(tx, of(team), PER_TEAM, now);
        if (ofTeam > 0) {
            throw refused("mail.tooManyOfTeam", PER_TEAM, ofTeam, recipient);
        }
        return true;
    }

    /**
     * @return seconds until one more may go; 0 for now
     */
    private static long wait(DSLContext tx, String budget, int most, Instant now) {
        return tx.select(POSTAGE.AT)
                .from(POSTAGE)
                .where(POSTAGE.BUDGET.eq(budget))
                .and(POSTAGE.AT.gt(now.minus(DAY)))
                .orderBy(POSTAGE.AT.desc())
                .limit(1)
                .offset(most - 1)
                .fetchOptional(POSTAGE.AT)
                .map(oldest -> Duration.between(now, oldest.plus(DAY)).toSeconds() + 1)
                .orElse(0L);
    }

    private static int add(DSLContext tx, String budget, Instant now) {
        return tx.insertInto(POSTAGE)
                .set(POSTAGE.ID, Ids.random("post"))
                .set(POSTAGE.BUDGET, budget)
                .set(POSTAGE.AT, now)
                .execute();
    }

    private static ProblemException refused(String code, int most, long wait, String email) {
        return new ProblemException(
                Problem.of(
                        429,
                        code,
                        "email",
                        email,
                        "most",
                        Integer.toString(most),
                        "seconds",
                        Long.toString(wait)));
    }

    private static String of(TeamId team) {
        return "team:" + team.value();
    }

    private static String address(String recipient) {
        byte[] text = recipient.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
            return "address:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
