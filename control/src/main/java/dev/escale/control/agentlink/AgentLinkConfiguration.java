package dev.escale.control.agentlink;

import dev.escale.control.authority.Authority;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.event.Events;
import dev.escale.control.operation.AuditTrail;
import dev.escale.control.operation.RefusedAttempts;
import dev.escale.control.secret.KeyMaterials;
import dev.escale.control.secret.Secrets;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the line to the agents. */
@Configuration(proxyBeanMethods = false)
class AgentLinkConfiguration {

    @Bean
    CommandRows commandRows(Secrets secrets) {
        return new CommandRows(secrets);
    }

    @Bean
    Links links(MeterRegistry meters) {
        return meters.gauge("escale.agents.online", new Links(), links -> links.all().size());
    }

    @Bean
    Commands commands(Database database, CommandRows rows, Links links, Clock clock) {
        return new Commands(database, rows, links, clock);
    }

    @Bean
    SigningKeys signingKeys(KeyMaterials materials) {
        return new SigningKeys(materials);
    }

    @Bean
    LinkedServers linkedServers(Database database, TeamLookup teams) {
        return new LinkedServers(database, teams);
    }

    @Bean
    Endings endings(
            Database database,
            CommandRows rows,
            Commands commands,
            ObjectProvider<ReportListener> listeners,
            Clock clock) {
        return new Endings(database, rows, commands, listeners, clock);
    }

    @Bean
    ParkedReports parkedReports(Database database, Endings endings, Clock clock) {
        return new ParkedReports(database, endings, clock);
    }

    @Bean
    AgentStreams agentStreams(Database database, Commands commands, Links links) {
        return new AgentStreams(database, commands, links);
    }

    @Bean
    LinkStates linkStates(
            LinkedServers servers,
            Links links,
            AgentStreams streams,
            ObjectProvider<SampleListener> samples,
            LinkStates.Outside outside) {
        return new LinkStates(servers, links, streams, samples, outside);
    }

    @Bean
    LinkStates.Outside outsideOfLinks(
            Database database, CommandRows rows, Events events, Clock clock) {
        return new LinkStates.Outside(database, rows, events, clock);
    }

    @Bean
    Inbox agentInbox(
            Reports reports,
            AgentStreams streams,
            ObjectProvider<SampleListener> samples,
            Trust trust,
            Inbox.Acknowledgements acknowledgements) {
        return new Inbox(reports, streams, samples, trust, acknowledgements);
    }

    @Bean
    Inbox.Acknowledgements acknowledgements(Database database, CommandRows rows, Clock clock) {
        return new Inbox.Acknowledgements(database, rows, clock);
    }

    @Bean
    Trust trust(LinkedServers servers, SigningKeys keys) {
        return new Trust(servers, keys);
    }

    @Bean
    Reports reports(
            Database database,
            LinkedServers servers,
            Endings endings,
            ParkedReports parked,
            Clock clock) {
        return new Reports(database, servers, endings, parked, clock);
    }

    @Bean
    Greeting greeting(
            LinkedServers servers,
            SigningKeys keys,
            Authority authority,
            RefusedAttempts refusals,
            Clock clock) {
        return new Greeting(servers, keys, authority, refusals, clock);
    }

    @Bean
    Refusals refusals(MeterRegistry meters, Clock clock) {
        return new Refusals(meters, clock);
    }

    @Bean
    AgentDoor agentDoor(Greeting greeting, LinkStates states, Inbox inbox, Refusals refusals) {
        return new AgentDoor(greeting, states, inbox, refusals);
    }

    @Bean
    Heartbeat.Chores chores(
            TeamLookup teams,
            Endings endings,
            ParkedReports parked,
            SigningKeys keys,
            AuditTrail audit,
            Database database,
            Clock clock) {
        return new Heartbeat.Chores(teams, endings, parked, keys, audit, database, clock);
    }

    @Bean
    Heartbeat heartbeat(
            Links links,
            AgentDoor door,
            LinkStates states,
            LinkedServers servers,
            Heartbeat.Chores chores) {
        return new Heartbeat(links, door, states, servers, chores);
    }

    @Bean
    ServerLinks serverLinks(Database database, Links links, Endings endings, SigningKeys keys) {
        return new ServerLinks(database, links, endings, keys);
    }
}
