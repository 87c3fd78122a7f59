package dev.escale.control.server;

import dev.escale.control.db.Database;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the servers. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

    @Bean
    Servers servers(Database database) {
        return new Servers(database);
    }
}
