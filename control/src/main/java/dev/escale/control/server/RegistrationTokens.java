package dev.escale.control.server;

import static dev.escale.control.db.schema.Tables.REGISTRATION_TOKEN;

import dev.escale.control.agentlink.ServerId;
import dev.escale.control.db.TeamId;
import dev.escale.control.operation.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.jooq.DSLContext;

/** Tokens with which one agent registers once, within 30 minutes. Only their hashes are stored. */
final class RegistrationTokens {
    static final Duration VALIDITY = Duration.ofMinutes(30);
    private static final String PREFIX = "esr_";
    private static final int LENGTH = 32;
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Clock clock;

    RegistrationTokens(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param text 160 random bits, shown once
     */
    record Fresh(String text, Instant expiresAt) {
        @Override
        public String toString() {
            return "Fresh[•••, expires " + expiresAt + "]";
        }
    }

    /** Older ones of the server that were not used become void. */
    Fresh make(DSLContext tx, TeamId team, ServerId server) {
        Instant now = clock.instant();
        forget(tx, team, server);
        var fresh = new Fresh(random(), now.plus(VALIDITY));
        tx.insertInto(REGISTRATION_TOKEN)
                .set(REGISTRATION_TOKEN.HASH, hash(fresh.text()))
                .set(REGISTRATION_TOKEN.TEAM, team.value())
                .set(REGISTRATION_TOKEN.SERVER, server.value())
                .set(REGISTRATION_TOKEN.CREATED_AT, now)
                .set(REGISTRATION_TOKEN.EXPIRES_AT, fresh.expiresAt())
                .execute();
        return fresh;
    }

    /**
     * @throws ProblemException {@code registration.tokenUnknown} (401), {@code
     *     registration.tokenUsed} (409), {@code registration.tokenExpired} (410)
     */
    ServerId check(DSLContext tx, TeamId team, String hash) {
        var row =
                tx.selectFrom(REGISTRATION_TOKEN)
                        .where(REGISTRATION_TOKEN.TEAM.eq(team.value()))
                        .and(REGISTRATION_TOKEN.HASH.eq(hash))
                        .fetchOne();
        if (row == null) {
            throw unknown();
        }
        if (row.getUsedAt() != null) {
            throw used();
        }
        if (!clock.instant().isBefore(row.getExpiresAt())) {
            throw ProblemException.of(410, "registration.tokenExpired");
        }
        return new ServerId(row.getServer());
    }

    /** The server that a token is for, used and expired ones too. */
    ServerId owner(DSLContext tx, TeamId team, String hash) {
        return tx.select(REGISTRATION_TOKEN.SERVER)
                .from(REGISTRATION_TOKEN)
                .where(REGISTRATION_TOKEN.TEAM.eq(team.value()))
                .and(REGISTRATION_TOKEN.HASH.eq(hash))
                .fetchOptional(REGISTRATION_TOKEN.SERVER)
                .map(ServerId::new)
                .orElseThrow(RegistrationTokens::unknown);
    }

    /** Of two that come at the same moment, one gets it. */
    void use(DSLContext tx, TeamId team, String hash) {
        int taken =
                tx.update(REGISTRATION_TOKEN)
                        .set(REGISTRATION_TOKEN.USED_AT, clock.instant())
                        .where(REGISTRATION_TOKEN.TEAM.eq(team.value()))
                        .and(REGISTRATION_TOKEN.HASH.eq(hash))
                        .and(REGISTRATION_TOKEN.USED_AT.isNull())
                        .execute();
        if (taken == 0) {
            throw used();
        }
    }

    /** All that were not used. */
    void forget(DSLContext tx, TeamId team, ServerId server) {
        tx.deleteFrom(REGISTRATION_TOKEN)
                .where(REGISTRATION_TOKEN.TEAM.eq(team.value()))
                .and(REGISTRATION_TOKEN.SERVER.eq(server.value()))
                .and(REGISTRATION_TOKEN.USED_AT.isNull())
                .execute();
    }

    static ProblemException unknown() {
        return ProblemException.of(401, "registration.tokenUnknown");
    }

    /**
     * @return SHA-256, hexadecimal: the token has 160 random bits, so no salt is needed
     */
    static String hash(String token) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("This Java has no SHA-256", failure);
        }
    }

    private static ProblemException used() {
        return ProblemException.of(409, "registration.tokenUsed");
    }

    private static String random() {
        var token = new StringBuilder(PREFIX);
        RANDOM.ints(LENGTH, 0, ALPHABET.length())
                .forEach(index -> token.append(ALPHABET.charAt(index)));
        return token.toString();
    }
}
