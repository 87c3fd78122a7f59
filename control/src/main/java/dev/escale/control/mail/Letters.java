package dev.escale.control.mail;

import static dev.escale.control.db.schema.Tables.LETTER;

import dev.escale.control.db.Database;
import dev.escale.control.db.Ids;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.schema.tables.records.LetterRecord;
import dev.escale.control.operation.ProblemException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;

/** Letters that features want sent; there is one for a subject at most. */
public final class Letters {
    private final Database database;
    private final LetterSeal seal;
    private final Postage postage;
    private final Clock clock;
    private final boolean on;
    private Runnable bell = () -> {};

    Letters(Database database, LetterSeal seal, Postage postage, Clock clock, boolean on) {
        this.database = database;
        this.seal = seal;
        this.postage = postage;
        this.clock = clock;
        this.on = on;
    }

    /** Rung when there is something to send. */
    void onQueued(Runnable ring) {
        bell = ring;
    }

    /** Whether mail can be sent at all. */
    public boolean areSent() {
        return on;
    }

    /**
     * Whether the team may send one more to this address today.
     *
     * @throws ProblemException 429 {@code mail.tooManyToAddress} or {@code mail.tooManyOfTeam}
     */
    public void check(TeamId team, String recipient) {
        postage.check(team, recipient);
    }

    /**
     * In place of another one about the same subject. Part of the caller's transaction; sent once
     * that has committed, or later when the address has got many today.
     *
     * @throws ProblemException as {@link #check}
     */
    public void queue(TeamId team, Letter letter) {
        Instant now = clock.instant();
        byte[] sealed = seal.close(team, letter);
        database.write(
                team,
                tx -> {
                    Instant first = postage.take(team, letter.recipient());
                    forget(team, letter.subject());
                    return tx.insertInto(LETTER)
                            .set(LETTER.ID, Ids.random("let"))
                            .set(LETTER.TEAM, team.value())
                            .set(LETTER.SUBJECT, letter.subject())
                            .set(LETTER.KIND, letter.kind())
                            .set(LETTER.RECIPIENT, letter.recipient())
                            .set(LETTER.LANGUAGE, letter.language().getLanguage())
                            .set(LETTER.SEALED, sealed)
                            .set(LETTER.STATE, LetterState.State.WAITING.text())
                            .set(LETTER.ATTEMPTS, 0)
                            .set(LETTER.NEXT_AT, first)
                            .set(LETTER.CREATED_AT, now)
                            .execute();
                });
        database.afterCommit(() -> bell.run());
    }

    /** By subject. */
    public Map<String, LetterState> states(TeamId team) {
        return database.read(
                team,
                tx ->
                        tx.selectFrom(LETTER)
                                .where(LETTER.TEAM.eq(team.value()))
                                .fetchMap(LetterRecord::getSubject, this::state));
    }

    public Optional<LetterState> state(TeamId team, String subject) {
        return database.read(
                team,
                tx -> tx.selectFrom(LETTER).where(about(team, subject)).fetchOptional(this::state));
    }

    /** In which it is written. */
    public Optional<Locale> language(TeamId team, String subject) {
        return database.read(
                team,
                tx ->
                        tx.selectFrom(LETTER)
                                .where(about(team, subject))
                                .fetchOptional(row -> Locale.of(row.getLanguage())));
    }

    /** The link in a letter that has not been sent; empty also when its text does not open. */
    public Optional<URI> link(TeamId team, String subject) {
        return database.read(
                        team,
                        tx -> tx.selectFrom(LETTER).where(about(team, subject)).fetchOptional())
                .flatMap(row -> seal.open(team, row))
                .map(Letter::link);
    }

    /** It is not to be sent any more, and not shown. Part of the caller's transaction. */
    public void forget(TeamId team, String subject) {
        delete(team, about(team, subject));
    }

    public void forgetAll(TeamId team) {
        delete(team, LETTER.TEAM.eq(team.value()));
    }

    private void delete(TeamId team, Condition which) {
        database.write(team, tx -> tx.deleteFrom(LETTER).where(which).execute());
    }

    /** Without a mail server what waits is given up, also before the row says so. */
    private LetterState state(LetterRecord row) {
        LetterState.State state = LetterState.State.parse(row.getState());
        return state == LetterState.State.WAITING && !on
                ? new LetterState(LetterState.State.FAILED, Postman.NO_SERVER)
                : new LetterState(state, row.getError());
    }

    private static Condition about(TeamId team, String subject) {
        return LETTER.TEAM.eq(team.value()).and(LETTER.SUBJECT.eq(subject));
    }
}
