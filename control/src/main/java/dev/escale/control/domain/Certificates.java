package dev.escale.control.domain;

import static dev.escale.control.db.schema.Tables.CERTIFICATE;

import dev.escale.control.app.App;
import dev.escale.control.authority.IssuedCertificate;
import dev.escale.control.db.Ids;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;

/** The table of certificates that were issued. Their keys lie on the servers. */
final class Certificates {

    void add(DSLContext tx, App app, List<String> names, IssuedCertificate issued, Instant now) {
        tx.insertInto(CERTIFICATE)
                .set(CERTIFICATE.ID, Ids.random("crt"))
                .set(CERTIFICATE.TEAM, app.team().value())
                .set(CERTIFICATE.APP, app.id().value())
                .set(CERTIFICATE.SERVER, app.server().value())
                .set(CERTIFICATE.NAMES, String.join(" ", names))
                .set(CERTIFICATE.SERIAL, issued.serial())
                .set(CERTIFICATE.CHAIN, issued.chain())
                .set(CERTIFICATE.NOT_BEFORE_AT, issued.notBefore())
                .set(CERTIFICATE.NOT_AFTER_AT, issued.notAfter())
                .set(CERTIFICATE.CREATED_AT, now)
                .execute();
    }
}
