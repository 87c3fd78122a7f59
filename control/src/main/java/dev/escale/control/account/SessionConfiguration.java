package dev.escale.control.account;

import dev.escale.control.db.Recurring;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Sessions in the database, so that they outlive a restart. */
@Configuration(proxyBeanMethods = false)
@EnableSpringHttpSession
class SessionConfiguration {
    private static final Duration CLEANUP = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(SessionConfiguration.class);

    @Bean
    SessionAge sessionAge(Clock clock) {
        return new SessionAge(clock);
    }

    /** What browsers' ids are looked up in. */
    @Bean
    @Primary
    HashedSessions<?> sessionRepository(JdbcIndexedSessionRepository stored, SessionAge age) {
        return HashedSessions.over(stored, age);
    }

    @Bean
    JdbcIndexedSessionRepository storedSessions(DataSource dataSource) {
        TransactionTemplate own =
                new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        var repository = new JdbcIndexedSessionRepository(new JdbcTemplate(dataSource), own);
        repository.setDefaultMaxInactiveInterval(SessionAge.IDLE);
        repository.setSessionIdGenerator(SessionIds.STORED);
        repository.setCleanupCron(Scheduled.CRON_DISABLED);
        return repository;
    }

    /** The repository's own timer would log a trace each time that the database is away. */
    @Bean
    Recurring sessionCleanup(JdbcIndexedSessionRepository stored) {
        var cleanup = new Recurring("forgetting old sessions", LOG, stored::cleanUpExpiredSessions);
        cleanup.every(CLEANUP);
        return cleanup;
    }

    /** The prefix makes browsers refuse the cookie unless it is secure and of this host alone. */
    @Bean
    CookieSerializer cookieSerializer() {
        DefaultCookieSerializer cookie = new DefaultCookieSerializer();
        cookie.setCookieName("__Host-escale");
        cookie.setCookiePath("/");
        cookie.setUseSecureCookie(true);
        cookie.setUseHttpOnlyCookie(true);
        cookie.setSameSite("Lax");
        // a browser is given it once: that it was not used for long is for the server to know
        cookie.setCookieMaxAge((int) SessionAge.LIMIT.toSeconds());
        return cookie;
    }
}
