package dev.escale.control.deployment;

import static dev.escale.control.db.schema.Tables.DEPLOYMENT;
import static dev.escale.control.db.schema.Tables.FETCH_TOKEN;

import dev.escale.control.app.App;
import dev.escale.control.db.Database;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import org.springframework.stereotype.Repository;

/**
 * Lets the agent of a deployment read the repository of its app, and nothing else, until that
 * deployment has ended. Only hashes are kept.
 */
@Repository
public class FetchTokens {
    /** Tells these tokens from those of people. */
    public static final String PREFIX = "escf_";

    private static final Duration LONGEST = Duration.ofHours(24);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Database database;
    private final Clock clock;

    FetchTokens(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    String issue(Deployment deployment) {
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        database.write(
                deployment.team(),
                tx -> {
                    tx.deleteFrom(FETCH_TOKEN)
                            .where(FETCH_TOKEN.TEAM.eq(deployment.team().value()))
                            .and(FETCH_TOKEN.EXPIRES_AT.lt(clock.instant()))
                            .execute();
                    return tx.insertInto(FETCH_TOKEN)
                            .set(FETCH_TOKEN.HASH, hash(token))
                            .set(FETCH_TOKEN.TEAM, deployment.team().value())
                            .set(FETCH_TOKEN.APP, deployment.app().value())
                            .set(FETCH_TOKEN.DEPLOYMENT, deployment.id().value())
                            .set(FETCH_TOKEN.CREATED_AT, clock.instant())
                            .set(FETCH_TOKEN.EXPIRES_AT, clock.instant().plus(LONGEST))
                            .execute();
                });
        return token;
    }

    /** Whether the token reads this app's repository now. */
    public boolean opens(App app, String token) {
        return database.read(
                app.team(),
                tx ->
                        tx.fetchExists(
                                tx.selectOne()
                                        .from(FETCH_TOKEN)
                                        .join(DEPLOYMENT)
                                        .on(DEPLOYMENT.ID.eq(FETCH_TOKEN.DEPLOYMENT))
                                        .where(FETCH_TOKEN.HASH.eq(hash(token)))
                                        .and(FETCH_TOKEN.TEAM.eq(app.team().value()))
                                        .and(FETCH_TOKEN.APP.eq(app.id().value()))
                                        .and(FETCH_TOKEN.EXPIRES_AT.gt(clock.instant()))
                                        .and(DEPLOYMENT.ENDED_AT.isNull())));
    }

    private static String hash(String token) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
