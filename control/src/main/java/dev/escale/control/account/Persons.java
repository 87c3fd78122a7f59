package dev.escale.control.account;

import static dev.escale.control.db.schema.Tables.PERSON;

import dev.escale.control.db.Database;
import dev.escale.control.db.Ids;
import dev.escale.control.db.schema.tables.records.PersonRecord;
import java.time.Clock;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jspecify.annotations.Nullable;

/** The accounts. */
final class Persons {
    private final Database database;
    private final Clock clock;

    Persons(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    Optional<Person> find(String id) {
        return database.systemRead(
                tx -> tx.selectFrom(PERSON).where(PERSON.ID.eq(id)).fetchOptional(Persons::person));
    }

    /** Who was there first: the owner of the first team. */
    Optional<Person> first() {
        return database.systemRead(
                tx ->
                        tx.selectFrom(PERSON)
                                .orderBy(PERSON.CREATED_AT, PERSON.ID)
                                .limit(1)
                                .fetchOptional(Persons::person));
    }

    Person make(String name) {
        return make(name, null);
    }

    Person make(String name, @Nullable String email) {
        Person person = new Person(Ids.random("usr"), name, email);
        database.system(
                tx ->
                        tx.insertInto(PERSON)
                                .set(PERSON.ID, person.id())
                                .set(PERSON.NAME, name)
                                .set(PERSON.EMAIL, email)
                                .set(PERSON.CREATED_AT, clock.instant())
                                .execute());
        return person;
    }

    /** From here to the end of the transaction, nobody else who calls this for them goes on. */
    static void queueUp(DSLContext tx, String person) {
        if (tx.dialect().family() == SQLDialect.POSTGRES) {
            tx.fetch("select id from person where id = ? for no key update", person);
        }
    }

    private static Person person(PersonRecord row) {
        return new Person(row.getId(), row.getName(), row.getEmail());
    }
}
