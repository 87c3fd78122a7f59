package dev.escale.control.domain;

import static dev.escale.control.db.schema.Tables.CERTIFICATE;

import dev.escale.control.app.App;
import dev.escale.control.db.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The certificates that apps are served with. */
@Component
public class AppCertificates {
    private final Database database;

    AppCertificates(Database database) {
        this.database = database;
    }

    public record Certified(Instant until) {
        public long daysLeft(Instant now) {
            return Math.max(0, Duration.between(now, until).toDays());
        }
    }

    /** The newest one of the app. */
    public Optional<Certified> of(App app) {
        return database.read(
                app.team(),
                tx ->
                        tx.select(CERTIFICATE.NOT_AFTER_AT)
                                .from(CERTIFICATE)
                                .where(CERTIFICATE.TEAM.eq(app.team().value()))
                                .and(CERTIFICATE.APP.eq(app.id().value()))
                                .orderBy(CERTIFICATE.CREATED_AT.desc())
                                .limit(1)
                                .fetchOptional(CERTIFICATE.NOT_AFTER_AT)
                                .map(Certified::new));
    }
}
