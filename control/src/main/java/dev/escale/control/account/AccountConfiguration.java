package dev.escale.control.account;

import dev.escale.control.ControlConfig;
import dev.escale.control.db.Database;
import dev.escale.control.db.TeamLookup;
import dev.escale.control.language.Messages;
import dev.escale.control.operation.AuditTrail;
import dev.escale.control.operation.Origins;
import dev.escale.control.operation.RefusedAttempts;
import dev.escale.control.team.Members;
import dev.escale.control.team.Teams;
import dev.escale.control.team.TokenInvitations;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Makes accounts, their tokens and links. */
@Configuration(proxyBeanMethods = false)
class AccountConfiguration {

    @Bean
    Persons persons(Database database, Clock clock) {
        return new Persons(database, clock);
    }

    @Bean
    WaysOfTokens waysOfTokens(TokenInvitations invitations, SignInLinks links) {
        return new WaysOfTokens(invitations, links);
    }

    @Bean
    Tokens tokens(Database database, TeamLookup lookup, WaysOfTokens ways, Clock clock) {
        return new Tokens(database, lookup, ways, clock);
    }

    @Bean
    Passkeys passkeys(Database database, WebAuthn party, Clock clock) {
        var passkeys = new Passkeys(database, party, clock);
        passkeys.claimUnmarked();
        return passkeys;
    }

    @Bean
    PasskeyChallenges passkeyChallenges(Database database, Clock clock) {
        return new PasskeyChallenges(database, clock);
    }

    @Bean
    WebAuthn webAuthn(ControlConfig config) {
        return new WebAuthn(config.publicUrl());
    }

    @Bean
    SignInLinks signInLinks(Database database, ControlConfig config, Clock clock) {
        return new SignInLinks(database, config.publicUrl(), clock);
    }

    @Bean
    FirstStart firstStart(
            ControlConfig config,
            Teams teams,
            Members members,
            Persons persons,
            Tokens tokens,
            AuditTrail audit) {
        FirstStart first = new FirstStart(teams, members, persons, tokens, audit);
        first.run(config);
        return first;
    }

    @Bean
    TokenUse tokenUse(Database database, TeamLookup lookup, Members members, Clock clock) {
        return new TokenUse(database, lookup, members, clock);
    }

    @Bean
    TokenAuthentication tokenAuthentication(
            Database database, TokenUse tokens, Persons persons, RefusedAttempts refusals) {
        return new TokenAuthentication(database, tokens, persons, refusals);
    }

    @Bean
    Origins origins(ControlConfig config) {
        return new Origins(config.trustedProxies());
    }

    @Bean
    ActorResolver actorResolver(Teams teams, Members members, Persons persons, Origins origins) {
        return new ActorResolver(teams, members, persons, origins);
    }

    /**
     * @param times more often than usual: for tests that walk every door in a moment
     */
    @Bean
    WebMvcConfigurer actorArguments(
            ActorResolver resolver,
            Actors actors,
            SessionRenewal renewal,
            Origins origins,
            @Value("${escale.limits.times:1}") int times,
            Clock clock) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(resolver);
            }

            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                // the answers of these may be kept by others
                interceptors
                        .addInterceptor(renewal)
                        .excludePathPatterns("/assets/**", "/favicon.ico");
                interceptors.addInterceptor(
                        new RateGuard(
                                resolver::of, actors::person, origins::network, times, clock));
                interceptors.addInterceptor(new ReadGuard(resolver::of));
            }
        };
    }

    @Bean
    Sessions sessions(JdbcIndexedSessionRepository repository, SessionAge age) {
        return new Sessions(repository, age);
    }

    /** Runs when the port is open. */
    @Bean
    ApplicationRunner welcome(
            SignInLinks links,
            Persons persons,
            TeamLookup lookup,
            AuditTrail audit,
            ControlConfig config,
            Messages messages) {
        var welcome = new Welcome(links, persons, lookup, audit, config, messages);
        return arguments -> welcome.print(System.out);
    }
}
