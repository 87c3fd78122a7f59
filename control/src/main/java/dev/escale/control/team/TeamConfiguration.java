package dev.escale.control.team;

import dev.escale.control.db.Database;
import dev.escale.control.db.TeamLookup;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TeamConfiguration {

    @Bean
    Teams teams(Database database, TeamLookup lookup, Clock clock) {
        return new Teams(database, lookup, clock);
    }
}
