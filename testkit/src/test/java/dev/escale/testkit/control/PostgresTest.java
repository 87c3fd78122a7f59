package dev.escale.testkit.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class PostgresTest {

    @Test
    void givesTheOwnerAndTheApplicationRolesOfTheirOwn() {
        try (Postgres postgres = Postgres.start()) {
            assertThat(postgres.applicationUrl())
                    .matches("postgresql://escale_app:escale@localhost:\\d+/escale");
            assertThat(postgres.ownerUrl())
                    .matches("postgresql://escale_owner:escale@localhost:\\d+/escale");
        }
    }
}
