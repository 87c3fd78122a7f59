package dev.escale.control.account;

import static dev.escale.control.db.schema.Tables.IDENTITY;
import static dev.escale.control.db.schema.Tables.PERSON;

import dev.escale.control.db.Database;
import dev.escale.control.db.Ids;
import dev.escale.control.db.schema.tables.records.IdentityRecord;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.provider.Identified;
import dev.escale.control.provider.Provider;
import dev.escale.control.provider.ProviderToken;
import dev.escale.control.secret.Secrets;
import dev.escale.control.team.SessionMarks;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The identities of all persons. They are found by the provider's own id, never by an address. */
@Repository
class Identities {
    private final Database database;
    private final Secrets secrets;
    private final JsonMapper json;
    private final Clock clock;

    Identities(Database database, Secrets secrets, JsonMapper json, Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.json = json;
        this.clock = clock;
    }

    Optional<Identity> of(Identified who) {
        return database.systemRead(
                tx -> tx.selectFrom(IDENTITY).where(is(who)).fetchOptional(Identities::identity));
    }

    /** Oldest first. */
    List<Identity> all(String person) {
        return database.systemRead(
                tx ->
                        tx.selectFrom(IDENTITY)
                                .where(IDENTITY.PERSON.eq(person))
                                .orderBy(IDENTITY.CREATED_AT, IDENTITY.ID)
                                .fetch(Identities::identity));
    }

    /**
     * @throws ProblemException 409 {@code identity.taken} when it lets anybody in already
     */
    Identity add(String person, Identified who) {
        String id = Ids.random("idn");
        Instant now = clock.instant();
        int added =
                database.system(
                        tx -> {
                            SessionMarks.renew(tx, PERSON.ID.eq(person));
                            return tx.insertInto(IDENTITY)
                                    .set(IDENTITY.ID, id)
                                    .set(IDENTITY.PERSON, person)
                                    .set(IDENTITY.PROVIDER, who.provider().text())
                                    .set(IDENTITY.ISSUER, who.issuer())
                                    .set(IDENTITY.SUBJECT, who.account().subject())
                                    .set(IDENTITY.LOGIN, who.account().login())
                                    .set(IDENTITY.EMAIL, who.account().email().orElse(null))
                                    .set(IDENTITY.SEALED, seal(person, who.token()))
                                    .set(IDENTITY.CREATED_AT, now)
                                    .set(IDENTITY.USED_AT, now)
                                    .onConflictDoNothing()
                                    .execute();
                        });
        if (added == 0) {
            throw ProblemException.of(409, "identity.taken", "provider", who.provider().label());
        }
        return of(who).orElseThrow();
    }

    /** Somebody came in by it: what the provider says of it now is kept. */
    void used(Identity identity, Identified who) {
        database.system(
                tx ->
                        tx.update(IDENTITY)
                                .set(IDENTITY.LOGIN, who.account().login())
                                .set(IDENTITY.EMAIL, who.account().email().orElse(null))
                                .set(IDENTITY.SEALED, seal(identity.person(), who.token()))
                                .set(IDENTITY.USED_AT, clock.instant())
                                .where(IDENTITY.ID.eq(identity.id()))
                                .execute());
    }

    /** The provider's token, for asking it in the person's name. */
    Optional<ProviderToken> token(Identity identity) {
        return database.systemRead(
                        tx ->
                                tx.select(IDENTITY.SEALED)
                                        .from(IDENTITY)
                                        .where(IDENTITY.ID.eq(identity.id()))
                                        .fetchOptional(IDENTITY.SEALED))
                .map(bytes -> secrets.open(owner(identity.person()), bytes))
                .map(text -> json.readValue(text, ProviderToken.class));
    }

    /**
     * Keeps another token in place of one.
     *
     * @return false when it is not the one that is kept, or nothing is
     */
    boolean replace(Identity identity, ProviderToken old, ProviderToken fresh) {
        return database.system(
                tx -> {
                    Persons.queueUp(tx, identity.person());
                    return token(identity).filter(old::equals).isPresent()
                            && tx.update(IDENTITY)
                                            .set(IDENTITY.SEALED, seal(identity.person(), fresh))
                                            .where(IDENTITY.ID.eq(identity.id()))
                                            .execute()
                                    == 1;
                });
    }

    void remove(String person, String id) {
        database.system(
                tx -> {
                    SessionMarks.renew(tx, PERSON.ID.eq(person));
                    return tx.deleteFrom(IDENTITY)
                            .where(IDENTITY.PERSON.eq(person))
                            .and(IDENTITY.ID.eq(id))
                            .execute();
                });
    }

    private byte[] seal(String person, ProviderToken token) {
        return secrets.seal(owner(person), json.writeValueAsString(token));
    }

    private static String owner(String person) {
        return "person:" + person;
    }

    private static Condition is(Identified who) {
        return IDENTITY.PROVIDER
                .eq(who.provider().text())
                .and(IDENTITY.ISSUER.eq(who.issuer()))
                .and(IDENTITY.SUBJECT.eq(who.account().subject()));
    }

    private static Identity identity(IdentityRecord row) {
        return new Identity(
                row.getId(),
                row.getPerson(),
                Provider.parse(row.getProvider()),
                row.getIssuer(),
                row.getLogin(),
                row.getEmail(),
                row.getCreatedAt(),
                row.getUsedAt());
    }
}
