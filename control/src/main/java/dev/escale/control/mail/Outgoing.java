package dev.escale.control.mail;

import static dev.escale.control.db.schema.Tables.LETTER;

import dev.escale.control.db.Database;
import dev.escale.control.db.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/**
 * The letters as whoever sends them sees them. One whose sender vanished in the middle is taken up
 * again, so that it may arrive twice, under one message id, but never not at all.
 */
final class Outgoing {
    /** How long a sender may take for one letter before another one tries. */
    static final Duration LEASE = Duration.ofMinutes(5);

    private static final int AT_ONCE = 20;
    private static final int LONGEST_ERROR = 300;

    private final Database database;
    private final LetterSeal seal;

    Outgoing(Database database, LetterSeal seal) {
        this.database = database;
        this.seal = seal;
    }

    /** A letter that is due. */
    record Due(String id, String subject, int attempts, Instant nextAt) {}

    /**
     * One that nobody else sends now.
     *
     * @param letter empty when its text does not open
     */
    record Claimed(Optional<Letter> letter) {}

    List<Due> due(TeamId team, Instant now) {
        return database.read(
                team,
                tx ->
                        tx.selectFrom(LETTER)
                                .where(LETTER.TEAM.eq(team.value()))
                                .and(LETTER.STATE.eq(LetterState.State.WAITING.text()))
                                .and(LETTER.NEXT_AT.le(now))
                                .orderBy(LETTER.NEXT_AT)
                                .limit(AT_ONCE)
                                .fetch(
                                        row ->
                                                new Due(
                                                        row.getId(),
                                                        row.getSubject(),
                                                        row.getAttempts(),
                                                        row.getNextAt())));
    }

    /**
     * @param now when its sender begins
     * @return empty when another sender has it, or it is not to be sent any more
     */
    Optional<Claimed> claim(TeamId team, Due due, Instant now) {
        return database.write(
                team,
                tx -> {
                    int mine =
                            tx.update(LETTER)
                                    .set(LETTER.NEXT_AT, now.plus(LEASE))
                                    .set(LETTER.ATTEMPTS, due.attempts() + 1)
                                    .where(is(team, due))
                                    .and(LETTER.NEXT_AT.eq(due.nextAt()))
                                    .execute();
                    return mine == 0
                            ? Optional.empty()
                            : tx.selectFrom(LETTER)
                                    .where(is(team, due))
                                    .fetchOptional(row -> new Claimed(seal.open(team, row)));
                });
    }

    /** The link in it is kept no longer. */
    void sent(TeamId team, Due due, Instant now) {
        database.write(
                team,
                tx ->
                        tx.update(LETTER)
                                .set(LETTER.STATE, LetterState.State.SENT.text())
                                .setNull(LETTER.SEALED)
                                .setNull(LETTER.ERROR)
                                .set(LETTER.SENT_AT, now)
                                .where(is(team, due))
                                .execute());
    }

    /**
     * @param next when it is tried again; null for never
     */
    void notSent(TeamId team, Due due, String error, @Nullable Instant next) {
        String line = error.replaceAll("\\p{Cntrl}+", " ").strip();
        database.write(
                team,
                tx -> {
                    var update =
                            tx.update(LETTER)
                                    .set(
                                            LETTER.ERROR,
                                            line.length() <= LONGEST_ERROR
                                                    ? line
                                                    : line.substring(0, LONGEST_ERROR) + "…");
                    return (next == null
                                    ? update.set(LETTER.STATE, LetterState.State.FAILED.text())
                                    : update.set(LETTER.NEXT_AT, next))
                            .where(is(team, due))
                            .execute();
                });
    }

    /** All that wait. */
    void giveUp(TeamId team, String why) {
        database.write(
                team,
                tx ->
                        tx.update(LETTER)
                                .set(LETTER.STATE, LetterState.State.FAILED.text())
                                .set(LETTER.ERROR, why)
                                .where(LETTER.TEAM.eq(team.value()))
                                .and(LETTER.STATE.eq(LetterState.State.WAITING.text()))
                                .execute());
    }

    /**
     * @param before when they were written
     */
    void forgetOld(TeamId team, Instant before) {
        database.write(
                team,
                tx ->
                        tx.deleteFrom(LETTER)
                                .where(LETTER.TEAM.eq(team.value()))
                                .and(LETTER.CREATED_AT.lt(before))
                                .execute());
    }

    private static Condition is(TeamId team, Due due) {
        return LETTER.TEAM.eq(team.value()).and(LETTER.ID.eq(due.id()));
    }
}
