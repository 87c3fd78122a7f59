package dev.escale.control.audit;

import dev.escale.control.db.Database;
import dev.escale.control.db.TeamLookup;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Makes the record and what checks it. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

    @Bean
    AuditLog auditLog(Database database, JsonMapper json, Clock clock) {
        return new AuditLog(database, json, clock);
    }

    @Bean
    AuditVerification auditVerification(AuditLog log) {
        return new AuditVerification(log);
    }

    @Bean
    InterruptedOperations interruptedOperations(AuditLog log, TeamLookup teams) {
        return new InterruptedOperations(log, teams);
    }
}
