package dev.escale.control.db;

import dev.escale.control.StartRefused;
import org.jooq.SQLDialect;

/**
 * Refuses a role of PostgreSQL that row-level security would not hold back: also one that could
 * become another that it does not, by {@code set role}.
 */
final class RoleCheck {
    private RoleCheck() {}

    static void run(Database database) {
        if (database.dialect().family() != SQLDialect.POSTGRES) {
            return;
        }
        refuseIf(
                database,
                "select rolsuper or rolbypassrls from pg_roles where rolname = current_user",
                "is superuser or bypasses row-level security");
        refuseIf(
                database,
                "select count(*) > 0 from pg_tables"
                        + " where schemaname = current_schema()"
                        + " and pg_has_role(current_user, tableowner, 'MEMBER')",
                "owns tables, or is a member of the role that does");
        refuseIf(
                database,
                "select pg_has_role(current_user, nspowner, 'MEMBER') from pg_namespace"
                        + " where nspname = current_schema()",
                "owns the schema of the tables, or is a member of the role that does");
    }

    private static void refuseIf(Database database, String question, String what) {
        Object answer = database.systemRead(tx -> tx.fetchValue(question));
        if (Boolean.TRUE.equals(answer)) {
            throw new StartRefused(
                    "The database role of ESCALE_DATABASE_URL "
                            + what
                            + ", so teams would not be kept apart; give the application a role of"
                            + " its own.");
        }
    }
}
