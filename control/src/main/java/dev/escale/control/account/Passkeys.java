package dev.escale.control.account;

import static dev.escale.control.db.schema.Tables.PASSKEY;
import static dev.escale.control.db.schema.Tables.PERSON;

import dev.escale.control.db.Database;
import dev.escale.control.db.Ids;
import dev.escale.control.db.schema.tables.records.PasskeyRecord;
import dev.escale.control.team.SessionMarks;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The passkeys of persons. */
final class Passkeys implements WayIn {
    private final Database database;
    private final WebAuthn party;
    private final Clock clock;

    Passkeys(Database database, WebAuthn party, Clock clock) {
        this.database = database;
        this.party = party;
        this.clock = clock;
    }

    /** Those from before their host was kept are taken for ones of the present host. */
    void claimUnmarked() {
        database.system(
                tx ->
                        tx.update(PASSKEY)
                                .set(PASSKEY.HOST, party.id())
                                .where(PASSKEY.HOST.isNull())
                                .execute());
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
                                .fetch(this::passkey));
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
        return (int) all(person).stream().filter(Passkey::opens).count();
    }

    /** With another way in, the person's sessions take other ids. */
    Passkey add(String person, String name, PasskeyCredential credential) {
        var passkey =
                new Passkey(
                        Ids.random("key"),
                        name,
                        credential.synced(),
                        party.id(),
                        party.possible(),
                        clock.instant(),
                        null);
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
                            .set(PASSKEY.HOST, passkey.host())
                            .set(PASSKEY.CREATED_AT, passkey.createdAt())
                            .execute();
                });
        return passkey;
    }

    void rename(String person, String id, String name) {
        database.system(
                tx ->
                        tx.update(PASSKEY)
                                .set(PASSKEY.NAME, name)
                                .where(PASSKEY.PERSON.eq(person))
                                .and(PASSKEY.ID.eq(id))
                                .execute());
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

    private Passkey passkey(PasskeyRecord row) {
        String host = Objects.requireNonNullElse(row.getHost(), party.id());
        return new Passkey(
                row.getId(),
                row.getName(),
                row.getSynced(),
                host,
                party.possible() && host.equals(party.id()),
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
