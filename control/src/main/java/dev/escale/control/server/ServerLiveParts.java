package dev.escale.control.server;

import dev.escale.control.web.stream.LivePart;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Offers the live parts of the servers' pages to the page stream. */
@Configuration(proxyBeanMethods = false)
class ServerLiveParts {

    @Bean
    LivePart serverArrivalPart(ServerParts parts) {
        return parts.arrival();
    }

    @Bean
    LivePart serverHeadPart(ServerParts parts) {
        return parts.head();
    }

    @Bean
    LivePart serverBadgePart(ServerParts parts) {
        return parts.badge();
    }

    @Bean
    LivePart serverAppsPart(ServerParts parts) {
        return parts.apps();
    }

    @Bean
    LivePart serverFactsPart(ServerParts parts) {
        return parts.facts();
    }

    @Bean
    LivePart serverVitalsPart(ServerParts parts) {
        return parts.vitals();
    }

    @Bean
    LivePart serverListPart(ServerParts parts) {
        return parts.list();
    }
}
