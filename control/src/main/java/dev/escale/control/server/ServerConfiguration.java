package dev.escale.control.server;

import dev.escale.control.ControlConfig;
import dev.escale.control.agentlink.Attempts;
import dev.escale.control.agentlink.Commands;
import dev.escale.control.agentlink.ServerLinks;
import dev.escale.control.agentlink.SigningKeys;
import dev.escale.control.authority.Authority;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.event.Events;
import dev.escale.control.operation.Operations;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the servers. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {
    private static final int REGISTRATIONS_PER_MINUTE = 20;

    @Bean
    Servers servers(Database database) {
        return new Servers(database);
    }

    @Bean
    ServerTargets serverTargets(Servers servers) {
        return new ServerTargets(servers);
    }

    @Bean
    RegistrationTokens registrationTokens(Clock clock) {
        return new RegistrationTokens(clock);
    }

    @Bean
    Invitations invitations(
            Database database,
            Servers servers,
            RegistrationTokens tokens,
            ControlConfig config,
            Authority authority) {
        return new Invitations(database, servers, tokens, new InstallCommand(config, authority));
    }

    @Bean
    AddServer addServer(
            Servers servers,
            Invitations invitations,
            Database database,
            Events events,
            Clock clock) {
        return new AddServer(servers, invitations, database, events, clock);
    }

    @Bean
    RenameServer renameServer(
            Servers servers, ServerTargets targets, Database database, Events events) {
        return new RenameServer(servers, targets, database, events);
    }

    @Bean
    RenewToken renewToken(ServerTargets targets, Invitations invitations) {
        return new RenewToken(targets, invitations);
    }

    @Bean
    RegisterServer registerServer(
            Database database,
            Servers servers,
            RegistrationTokens tokens,
            ServerLinks links,
            SigningKeys keys,
            Clock clock) {
        return new RegisterServer(
                database, servers, tokens, new RegisterServer.Links(links, keys), clock);
    }

    @Bean
    Enrolment enrolment(
            TeamLookup teams,
            Database database,
            RegistrationTokens tokens,
            Operations operations,
            RegisterServer register,
            Clock clock) {
        var attempts = new Attempts(REGISTRATIONS_PER_MINUTE, Duration.ofMinutes(1), clock);
        return new Enrolment(teams, database, tokens, operations, register, attempts);
    }

    @Bean
    ServerRemoval serverRemoval(
            Servers servers,
            RegistrationTokens tokens,
            RemoveServer.Line line,
            HostedApps apps,
            ServerRemoval.Announcements announcements) {
        return new ServerRemoval(servers, tokens, line, apps, announcements);
    }

    @Bean
    RemoveServer.Line lineToServers(Commands commands, ServerLinks links) {
        return new RemoveServer.Line(commands, links);
    }

    @Bean
    ServerRemoval.Announcements removalAnnouncements(
            Database database, Events events, Clock clock) {
        return new ServerRemoval.Announcements(database, events, clock);
    }

    @Bean
    RemovalPlan removalPlan(Database database, RemoveServer.Line line) {
        return new RemovalPlan(database, line.commands(), line.links());
    }

    @Bean
    RemoveServer removeServer(
            Servers servers,
            ServerTargets targets,
            RemovalPlan plans,
            ServerRemoval removal,
            RemoveServer.Line line,
            Database database) {
        return new RemoveServer(servers, targets, plans, removal, line, database);
    }

    @Bean
    ServersOfTeams serversOfTeams(
            Servers servers,
            RemovalPlan plans,
            ServerRemoval removal,
            HostedApps apps,
            RemoveServer.Line line,
            Database database) {
        return new ServersOfTeams(servers, plans, removal, apps, line, database);
    }

    @Bean
    ServerOperations serverOperations(
            AddServer add, RenameServer rename, RenewToken token, RemoveServer remove) {
        return new ServerOperations(add, rename, token, remove);
    }

    @Bean
    RotateSigningKey rotateSigningKey(ServerLinks links) {
        return new RotateSigningKey(links);
    }

    @Bean
    ServerMetrics serverMetrics(Database database, Events events, Clock clock) {
        return new ServerMetrics(new MetricSamples(database), events, clock);
    }

    /** The launcher names the image that it has built. */
    @Bean
    AgentImage agentImage(@Value("${escale.agent.image:}") String file) {
        return new AgentImage(file.isBlank() ? null : Path.of(file), System.getProperty("os.arch"));
    }
}
