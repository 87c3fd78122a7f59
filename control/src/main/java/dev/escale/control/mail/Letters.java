package dev.escale.control.mail;

import static dev.escale.control.db.schema.Tables.LETTER;

import dev.escale.control.db.Database;
import dev.escale.control.db.Ids;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.schema.tables.records.LetterRecord;
import dev.escale.control.secret.Secrets;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The queue of letters. A letter whose sender vanished in the middle is taken up again, so that it
 * may arrive twice, under one message id, but never not at all.
 */
public final class Letters {
    /** How long a sender may take before another one tries. */
    private static final Duration LEASE = Duration.ofMinutes(5);

    private static final int AT_ONCE = 20;
    private static final int LONGEST_ERROR = 300;

    private final Database database;
    private final Secrets secrets;
    private final JsonMapper json;
    private final Clock clock;
    private final boolean on;
    private Runnable bell = () -> {};

    Letters(Database database, Secrets secrets, JsonMapper json, Clock clock, boolean on) {
        this.database = database;
        this.secrets = secrets;
        this.json = json;
        this.clock = clock;
        this.on = on;
    }

    /** A letter that is due. */
    record Due(String id, int attempts, Instant nextAt, Letter letter) {}

    private record Sealed(Map<String, String> facts, String link) {}

    /** Rung when there is something to send. */
    void onQueued(Runnable ring) {
        bell = ring;
    }

    /** Whether mail can be sent at all. */
    public boolean areSent() {
        return on;
    }

    /** Part of the caller's transaction; sent once that has committed. */
    public void queue(TeamId team, Letter letter) {
        Instant now = clock.instant();
        var inside = new Sealed(letter.facts(), letter.link().toString());
        database.write(
                team,
                tx ->
                        tx.insertInto(LETTER)
                                .set(LETTER.ID, Ids.random("let"))
                                .set(LETTER.TEAM, team.value())
                                .set(LETTER.SUBJECT, letter.subject())
                                .set(LETTER.KIND, letter.kind())
                                .set(LETTER.RECIPIENT, letter.recipient())
                                .set(LETTER.LANGUAGE, letter.language().getLanguage())
                                .set(
                                        LETTER.SEALED,
                                        secrets.seal(team, json.writeValueAsString(inside)))
                                .set(LETTER.STATE, LetterState.State.WAITING.text())
                                .set(LETTER.ATTEMPTS, 0)
                                .set(LETTER.NEXT_AT, now)
                                .set(LETTER.CREATED_AT, now)
                                .execute());
        database.afterCommit(() -> bell.run());
    }

    /**
     * Sends again what could not be delivered.
     *
     * @return false when there is no such letter
     */
    public boolean again(TeamId team, String subject) {
        boolean queued =
                database.write(
                        team,
                        tx ->
                                tx.update(LETTER)
                                                .set(LETTER.STATE, LetterState.State.WAITING.text())
                                                .set(LETTER.ATTEMPTS, 0)
                                                .set(LETTER.NEXT_AT, clock.instant())
                                                .where(about(team, subject))
                                                .and(
                                                        LETTER.STATE.eq(
                                                                LetterState.State.FAILED.text()))
                                                .execute()
                                        > 0);
        database.afterCommit(() -> bell.run());
        return queued;
    }

    /** By subject. */
    public Map<String, LetterState> states(TeamId team) {
        return database.read(
                team,
                tx ->
                        tx.selectFrom(LETTER)
                                .where(LETTER.TEAM.eq(team.value()))
                                .fetchMap(LetterRecord::getSubject, Letters::state));
    }

    /** The link in a letter that has not been sent. */
    public Optional<URI> link(TeamId team, String subject) {
        return database.read(
                team,
                tx ->
                        tx.selectFrom(LETTER)
                                .where(about(team, subject))
                                .and(LETTER.SEALED.isNotNull())
                                .fetchOptional(row -> opened(team, row).link()));
    }

    /** It is not to be sent any more, and not shown. Part of the caller's transaction. */
    public void forget(TeamId team, String subject) {
        delete(team, about(team, subject));
    }

    public void forgetAll(TeamId team) {
        delete(team, LETTER.TEAM.eq(team.value()));
    }

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
                                                        row.getAttempts(),
                                                        row.getNextAt(),
                                                        opened(team, row))));
    }

    /**
     * @return false when another sender has it
     */
    boolean claim(TeamId team, Due due, Instant now) {
        return database.write(
                team,
                tx ->
                        tx.update(LETTER)
                                        .set(LETTER.NEXT_AT, now.plus(LEASE))
                                        .set(LETTER.ATTEMPTS, due.attempts() + 1)
                                        .where(is(team, due))
                                        .and(LETTER.NEXT_AT.eq(due.nextAt()))
                                        .execute()
                                == 1);
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

    private void delete(TeamId team, Condition which) {
        database.write(team, tx -> tx.deleteFrom(LETTER).where(which).execute());
    }

    private Letter opened(TeamId team, LetterRecord row) {
        Sealed inside = json.readValue(secrets.open(team, row.getSealed()), Sealed.class);
        return new Letter(
                row.getSubject(),
                row.getKind(),
                row.getRecipient(),
                Locale.of(row.getLanguage()),
                inside.facts(),
                URI.create(inside.link()));
    }

    private static LetterState state(LetterRecord row) {
        return new LetterState(LetterState.State.parse(row.getState()), row.getError());
    }

    private static Condition about(TeamId team, String subject) {
        return LETTER.TEAM.eq(team.value()).and(LETTER.SUBJECT.eq(subject));
    }

    private static Condition is(TeamId team, Due due) {
        return LETTER.TEAM.eq(team.value()).and(LETTER.ID.eq(due.id()));
    }
}
