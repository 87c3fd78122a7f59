package dev.escale.control.team;

import static dev.escale.control.db.schema.Tables.PERSON;
import static dev.escale.control.db.schema.Tables.SIGN_IN_LINK;

import dev.escale.control.db.Ids;
import org.jooq.Condition;
import org.jooq.DSLContext;

/**
 * What a person may do has changed: their sessions take other ids, so that a copy of an old one
 * gains nothing by it. Links that somebody else made for them end, and those that they made.
 */
public final class SessionMarks {
    private SessionMarks() {}

    public static void renew(DSLContext tx, Condition persons) {
        var changed = tx.select(PERSON.ID).from(PERSON).where(persons);
        tx.deleteFrom(SIGN_IN_LINK)
                .where(SIGN_IN_LINK.MAKER.isNotNull())
                .and(SIGN_IN_LINK.USED_AT.isNull())
                .and(SIGN_IN_LINK.PERSON.in(changed).or(SIGN_IN_LINK.MAKER.in(changed)))
                .execute();
        tx.update(PERSON).set(PERSON.SESSION_MARK, Ids.random("mark")).where(persons).execute();
    }
}
