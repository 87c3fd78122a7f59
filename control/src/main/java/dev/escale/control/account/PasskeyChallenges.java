package dev.escale.control.account;

import static dev.escale.control.db.schema.Tables.PASSKEY_CHALLENGE;

import dev.escale.control.db.Database;
import jakarta.servlet.http.HttpSession;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * What authenticators are asked to sign: 256 random bits, for one session, good for one answer
 * within five minutes. They stand in the database, so that each replica knows what is used up.
 */
final class PasskeyChallenges {
    static final Duration VALIDITY = Duration.ofMinutes(5);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Database database;
    private final Clock clock;

    PasskeyChallenges(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * @return base64url; an earlier one of the session ends
     */
    String make(HttpSession session) {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        String key = SessionIds.stored(session.getId());
        return database.system(
                tx -> {
                    tx.deleteFrom(PASSKEY_CHALLENGE)
                            .where(PASSKEY_CHALLENGE.EXPIRES_AT.le(now))
                            .execute();
                    tx.insertInto(PASSKEY_CHALLENGE)
                            .set(PASSKEY_CHALLENGE.SESSION, key)
                            .set(PASSKEY_CHALLENGE.CHALLENGE, challenge)
                            .set(PASSKEY_CHALLENGE.EXPIRES_AT, now.plus(VALIDITY))
                            .onConflict(PASSKEY_CHALLENGE.SESSION)
                            .doUpdate()
                            .set(PASSKEY_CHALLENGE.CHALLENGE, challenge)
                            .set(PASSKEY_CHALLENGE.EXPIRES_AT, now.plus(VALIDITY))
                            .execute();
                    return challenge;
                });
    }

    /** Uses up what the session was asked to sign. */
    Optional<String> take(HttpSession session) {
        String key = SessionIds.stored(session.getId());
        return database.system(
                tx ->
                        tx.select(PASSKEY_CHALLENGE.CHALLENGE)
                                .from(PASSKEY_CHALLENGE)
                                .where(PASSKEY_CHALLENGE.SESSION.eq(key))
                                .and(PASSKEY_CHALLENGE.EXPIRES_AT.gt(clock.instant()))
                                .fetchOptional(PASSKEY_CHALLENGE.CHALLENGE)
                                .filter(
                                        challenge ->
                                                tx.deleteFrom(PASSKEY_CHALLENGE)
                                                                .where(
                                                                        PASSKEY_CHALLENGE.SESSION
                                                                                .eq(key))
                                                                .and(
                                                                        PASSKEY_CHALLENGE.CHALLENGE
                                                                                .eq(challenge))
                                                                .execute()
                                                        == 1));
    }
}
