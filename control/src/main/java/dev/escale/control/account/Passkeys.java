package dev.escale.control.account;

import static dev.escale.control.db.schema.Tables.PASSKEY;
import static dev.escale.control.db.schema.Tables.PERSON;

import dev.escale.control.db.Database;
import dev.escale.control.db.Ids;
import dev.escale.control.db.schema.tables.records.PasskeyRecord;
import dev.escale.control.team.SessionMarks;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The passkeys of persons. */
final class Passkeys implements WayIn {
    private final Database database;
    private final Clock clock;

    Passkeys(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** One that was shown at the sign-in. */
    record Known(String id, String person, String name, PasskeyCredential credential) {}

    /** Newest first. */
    List<Passkey> all(String person) {
        return database.systemRead(
                tx ->
                        tx.selectFrom(PASSKEY)
                                .where(PASSKEY.PERSON.eq(person))
                                .orderBy(PASSKEY.CREATED_AT.desc(), PASSKEY.ID)
                                .fetch(Passkeys::passkey));
    }

    Optional<Passkey> find(String person, String id) {
        return all(person).stream().filter(passkey -> passkey.id().equals(id)).findFirst();
    }

    /** Ids of credentials, base64url. */
    List<String> credentials(String person) {
        return database.systemRead(
                tx ->
                        tx.select(PASSKEY.CREDENTIAL)
                                .from(PASSKEY)
                                .where(PASSKEY.PERSON.eq(person))
                                .fetch(PASSKEY.CREDENTIAL));
    }

    Optional<Known> known(String credential) {
        return database.systemRead(
                tx ->
                        tx.selectFrom(PASSKEY)
                                .where(PASSKEY.CREDENTIAL.eq(credential))
                                .fetchOptional(Passkeys::known));
    }

    @Override
    public int count(String person) {
        return credentials(person).size();
    }

    /** With another way in, the person's sessions take other ids. */
    Passkey add(String person, String name, PasskeyCredential credential) {
        var passkey =
                new Passkey(Ids.random("key"), name, credential.synced(), clock.instant(), null);
        database.system(
                tx -> {
                    SessionMarks.renew(tx, PERSON.ID.eq(person));
                    return tx.insertInto(PASSKEY)
                            .set(PASSKEY.ID, passkey.id())
                            .set(PASSKEY.PERSON, person)
                            .set(PASSKEY.NAME, name)
                            .set(PASSKEY.CREDENTIAL, credential.credential())
                            .set(PASSKEY.ATTESTED, credential.attested())
                            .set(PASSKEY.SIGN_COUNT, credential.signCount())
                            .set(PASSKEY.SYNCED, credential.synced())
                            .set(PASSKEY.CREATED_AT, passkey.createdAt())
                            .execute();
                });
        return passkey;
    }

    void remove(String person, String id) {
        database.system(
                tx -> {
                    SessionMarks.renew(tx, PERSON.ID.eq(person));
                    return tx.deleteFrom(PASSKEY)
                            .where(PASSKEY.PERSON.eq(person))
                            .and(PASSKEY.ID.eq(id))
                            .execute();
                });
    }

    /**
     * Notes that it has signed.
     *
     * @return false when it was removed, or has signed as often before: then it is a copy
     */
    boolean use(String id, long signCount) {
        return database.system(
                tx ->
                        tx.update(PASSKEY)
                                        .set(PASSKEY.SIGN_COUNT, signCount)
                                        .set(PASSKEY.LAST_USED_AT, clock.instant())
                                        .where(PASSKEY.ID.eq(id))
                                        .and(
                                                PASSKEY.SIGN_COUNT
                                                        .lt(signCount)
                                                        .or(PASSKEY.SIGN_COUNT.eq(0L)))
                                        .execute()
                                == 1);
    }

    private static Passkey passkey(PasskeyRecord row) {
        return new Passkey(
                row.getId(),
                row.getName(),
                row.getSynced(),
                row.getCreatedAt(),
                row.getLastUsedAt());
    }

    private static Known known(PasskeyRecord row) {
        return new Known(
                row.getId(),
                row.getPerson(),
                row.getName(),
                new PasskeyCredential(
                        row.getCredential(),
                        row.getAttested(),
                        row.getSignCount(),
                        row.getSynced()));
    }
}
