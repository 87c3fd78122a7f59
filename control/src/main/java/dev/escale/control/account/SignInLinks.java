package dev.escale.control.account;

import static dev.escale.control.db.schema.Tables.SIGN_IN_LINK;

import dev.escale.control.db.Database;
import dev.escale.control.team.InvitationLinks.Maker;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/** Links that sign a person in once, within a quarter of an hour. */
final class SignInLinks {
    /** So long it is known of a link that it was spent. */
    private static final Duration KEPT = Duration.ofDays(30);

    static final Duration VALIDITY = Duration.ofMinutes(15);

    private final Database database;
    private final URI publicUrl;
    private final Clock clock;

    SignInLinks(Database database, URI publicUrl, Clock clock) {
        this.database = database;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /**
     * What a link was good for.
     *
     * @param maker who made it for them; null: whoever runs Escale
     */
    record Redeemed(String person, @Nullable String maker) {}

    /** A new link; older ones of the person that were not used end. */
    URI make(String person) {
        return make(person, null);
    }

    /**
     * As {@link #make(String)}.
     *
     * @param maker who answers for it; null: whoever runs Escale
     */
    URI make(String person, @Nullable Maker maker) {
        String text = TokenText.fresh("");
        Instant now = clock.instant();
        database.system(
                tx -> {
                    tx.deleteFrom(SIGN_IN_LINK)
                            .where(SIGN_IN_LINK.PERSON.eq(person))
                            .and(SIGN_IN_LINK.USED_AT.isNull())
                            .or(SIGN_IN_LINK.EXPIRES_AT.lt(now.minus(KEPT)))
                            .execute();
                    return tx.insertInto(SIGN_IN_LINK)
                            .set(SIGN_IN_LINK.HASH, TokenText.hash(text))
                            .set(SIGN_IN_LINK.PERSON, person)
                            .set(SIGN_IN_LINK.MAKER, maker == null ? null : maker.person())
                            .set(SIGN_IN_LINK.MADE_BY, maker == null ? null : maker.token())
                            .set(SIGN_IN_LINK.CREATED_AT, now)
                            .set(SIGN_IN_LINK.EXPIRES_AT, now.plus(VALIDITY))
                            .execute();
                });
        return URI.create(publicUrl + "/login/" + text);
    }

    /**
     * Uses the link up.
     *
     * @return empty when it is unknown, too old, or was used before
     */
    Optional<Redeemed> redeem(String text) {
        String hash = TokenText.hash(text);
        Instant now = clock.instant();
        return database.system(
                tx ->
                        tx.update(SIGN_IN_LINK)
                                                .set(SIGN_IN_LINK.USED_AT, now)
                                                .where(SIGN_IN_LINK.HASH.eq(hash))
                                                .and(SIGN_IN_LINK.USED_AT.isNull())
                                                .and(SIGN_IN_LINK.EXPIRES_AT.gt(now))
                                                .execute()
                                        == 1
                                ? tx.selectFrom(SIGN_IN_LINK)
                                        .where(SIGN_IN_LINK.HASH.eq(hash))
                                        .fetchOptional(
                                                row ->
                                                        new Redeemed(
                                                                row.getPerson(), row.getMaker()))
                                : Optional.empty());
    }

    /** Whom links would sign in that were made with these tokens. */
    List<String> open(List<String> tokens) {
        return database.systemRead(
                tx ->
                        tx.select(SIGN_IN_LINK.PERSON)
                                .from(SIGN_IN_LINK)
                                .where(unused(tokens))
                                .and(SIGN_IN_LINK.EXPIRES_AT.gt(clock.instant()))
                                .orderBy(SIGN_IN_LINK.CREATED_AT.desc(), SIGN_IN_LINK.PERSON)
                                .fetch(SIGN_IN_LINK.PERSON));
    }

    /**
     * Those end.
     *
     * @return whom they would have signed in
     */
    List<String> end(List<String> tokens) {
        return database.system(
                tx -> {
                    List<String> ended = open(tokens);
                    tx.deleteFrom(SIGN_IN_LINK).where(unused(tokens)).execute();
                    return ended;
                });
    }

    private static Condition unused(List<String> tokens) {
        return SIGN_IN_LINK.MADE_BY.in(tokens).and(SIGN_IN_LINK.USED_AT.isNull());
    }

    /** Whose link it is or was, used, too old or not. */
    Optional<String> person(String text) {
        return database.systemRead(
                tx ->
                        tx.select(SIGN_IN_LINK.PERSON)
                                .from(SIGN_IN_LINK)
                                .where(SIGN_IN_LINK.HASH.eq(TokenText.hash(text)))
                                .fetchOptional(SIGN_IN_LINK.PERSON));
    }

    /** Whether anybody has ever signed in. */
    boolean everUsed() {
        return database.systemRead(
                tx -> tx.fetchExists(SIGN_IN_LINK, SIGN_IN_LINK.USED_AT.isNotNull()));
    }
}
