package dev.escale.control.db;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.escale.control.DatabaseUrl;
import dev.escale.control.StartRefused;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Roles of the application that could read what row-level security hides. */
class RoleCheckTest {
    private final TestDatabase real = TestDatabase.Kind.POSTGRESQL.fresh();
    private final String application = user(real.url());
    private final String owner = user(Objects.requireNonNull(real.owner()));

    @AfterEach
    void close() {
        real.close();
    }

    @Test
    void aMemberOfTheRoleThatOwnsTheTablesIsRefused() {
        assertThatCode(() -> real.reopen().close()).doesNotThrowAnyException();
        change("grant %s to %s".formatted(owner, application));

        assertThatThrownBy(real::reopen)
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("owns tables, or is a member of the role that does");
    }

    @Test
    void soIsAMemberThroughAnotherRoleAndWithoutItsRights() {
        String between = application + "_between";
        change("create role %s".formatted(between));
        change("grant %s to %s".formatted(owner, between));
        change("grant %s to %s".formatted(between, application));
        change("alter role %s noinherit".formatted(application));

        assertThatThrownBy(real::reopen)
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("owns tables, or is a member of the role that does");
    }

    @Test
    void whoOwnsTheSchemaOrIsAMemberOfWhoDoesIsRefused() {
        String group = application + "_group";
        change("create role %s".formatted(group));
        change("alter schema public owner to %s".formatted(group));
        change("grant usage, create on schema public to %s".formatted(owner));
        assertThatCode(() -> real.reopen().close()).doesNotThrowAnyException();
        change("grant %s to %s".formatted(group, application));

        assertThatThrownBy(real::reopen)
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("owns the schema of the tables");
    }

    private void change(String sql) {
        real.withoutAnyRule(tx -> tx.execute(sql));
    }

    private static String user(DatabaseUrl url) {
        return ((DatabaseUrl.Postgresql) url).user();
    }
}
