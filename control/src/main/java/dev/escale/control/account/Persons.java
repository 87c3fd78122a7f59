package dev.escale.control.account;

import static dev.escale.control.db.schema.Tables.PERSON;

import dev.escale.control.db.Database;
import dev.escale.control.db.Ids;
import dev.escale.control.db.TeamId;
import dev.escale.control.db.schema.tables.records.PersonRecord;
import dev.escale.control.web.Preferences;
import dev.escale.control.web.Theme;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
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

    /** Empty also when several have the address. */
    Optional<Person> withEmail(String email) {
        List<Person> found =
                database.systemRead(
                        tx ->
                                tx.selectFrom(PERSON)
                                        .where(PERSON.EMAIL.equalIgnoreCase(email))
                                        .fetch(Persons::person));
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /** The team that the person last left, or was removed from. */
    Optional<TeamId> lastTeam(String id) {
        return database.systemRead(
                        tx ->
                                tx.select(PERSON.LAST_TEAM)
                                        .from(PERSON)
                                        .where(PERSON.ID.eq(id))
                                        .fetchOptional(PERSON.LAST_TEAM))
                .map(TeamId::new);
    }

    /** Another one with each change of what the person may do; empty before the first. */
    String sessionMark(String id) {
        return database.systemRead(
                        tx ->
                                tx.select(PERSON.SESSION_MARK)
                                        .from(PERSON)
                                        .where(PERSON.ID.eq(id))
                                        .fetchOptional(PERSON.SESSION_MARK))
                .orElse("");
    }

    Person make(String name) {
        return make(name, null);
    }

    Person make(String name, @Nullable String email) {
        Person person = new Person(Ids.random("usr"), name, email, Preferences.NONE);
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
            tx.select(PERSON.ID).from(PERSON).where(PERSON.ID.eq(person)).forNoKeyUpdate().fetch();
        }
    }

    void change(String id, String name, Preferences preferences) {
        Locale language = preferences.language();
        Theme theme = preferences.theme();
        ZoneId zone = preferences.timeZone();
        database.system(
                tx ->
                        tx.update(PERSON)
                                .set(PERSON.NAME, name)
                                .set(
                                        PERSON.LANGUAGE,
                                        language == null ? null : language.getLanguage())
                                .set(PERSON.THEME, theme == null ? null : theme.text())
                                .set(PERSON.TIME_ZONE, zone == null ? null : zone.getId())
                                .where(PERSON.ID.eq(id))
                                .execute());
    }

    private static Person person(PersonRecord row) {
        var words = new PreferenceWords(row.getLanguage(), row.getTheme(), row.getTimeZone());
        return new Person(row.getId(), row.getName(), row.getEmail(), words.over(Preferences.NONE));
    }
}
