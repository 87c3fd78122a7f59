package dev.escale.control.audit;

import dev.escale.control.db.Database;
import dev.escale.control.operation.AuditTrail;
import java.time.Clock;
import tools.jackson.databind.json.JsonMapper;

/** The record, for what runs beside a control plane instead of in one. */
public final class AuditTrails {
    private AuditTrails() {}

    public static AuditTrail of(Database database, Clock clock) {
        return new AuditLog(database, new JsonMapper(), clock);
    }

    public static AuditVerification verification(Database database, Clock clock) {
        return new AuditVerification(new AuditLog(database, new JsonMapper(), clock));
    }
}
