package dev.escale.control.domain;

import dev.escale.control.agentlink.Commands;
import dev.escale.control.app.Apps;
import dev.escale.control.authority.Authority;
import dev.escale.control.operation.AuditTrail;
import dev.escale.control.server.Servers;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires names and certificates. */
@Configuration(proxyBeanMethods = false)
class DomainConfiguration {

    @Bean
    CertificateDesk certificateDesk(
            Apps apps,
            Servers servers,
            Authority authority,
            Commands commands,
            CertificateDesk.Ledger ledger) {
        return new CertificateDesk(apps, new AppNames(servers), authority, commands, ledger);
    }

    @Bean
    CertificateDesk.Ledger certificateLedger(AuditTrail trail, Clock clock) {
        return new CertificateDesk.Ledger(new Certificates(), new CertificateAudit(trail), clock);
    }
}
