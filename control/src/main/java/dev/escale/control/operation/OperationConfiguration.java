package dev.escale.control.operation;

import dev.escale.control.db.Database;
import dev.escale.control.event.Events;
import dev.escale.control.secret.Secrets;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Makes the waist. */
@Configuration(proxyBeanMethods = false)
class OperationConfiguration {

    @Bean
    Events events() {
        return new Events();
    }

    @Bean
    OperationCatalog operationCatalog(ObjectProvider<Operation<?, ?>> operations) {
        return new OperationCatalog(() -> operations.stream().toList());
    }

    @Bean
    Permissions permissions(OperationCatalog catalog) {
        return new Permissions(catalog);
    }

    @Bean
    Plans plans(
            Database database,
            Secrets secrets,
            OperationCatalog catalog,
            JsonMapper json,
            Clock clock) {
        return new Plans(database, secrets, catalog, json, clock);
    }

    @Bean
    Operations operations(Plans plans, AuditTrail audit, Events events) {
        return new Operations(plans, audit, events);
    }

    @Bean
    RefusedAttempts refusedAttempts(AuditTrail audit, Clock clock) {
        return new RefusedAttempts(audit, clock);
    }
}
