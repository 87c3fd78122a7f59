package dev.escale.control.team;

import dev.escale.control.db.Database;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.operation.Permissions;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TeamConfiguration {

    @Bean
    Teams teams(Database database, TeamLookup lookup, Clock clock) {
        return new Teams(database, lookup, clock);
    }

    @Bean
    Roles roles(Database database, Permissions permissions, Clock clock) {
        return new Roles(database, permissions, clock);
    }

    @Bean
    GrantDesk grantDesk(Roles roles, ObjectProvider<ScopeTargets> targets) {
        return new GrantDesk(roles, () -> targets.stream().toList());
    }

    @Bean
    Members members(Database database, Roles roles, Clock clock) {
        return new Members(database, roles, clock);
    }
}
