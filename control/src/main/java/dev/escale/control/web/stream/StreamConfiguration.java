package dev.escale.control.web.stream;

import dev.escale.control.event.Events;
import dev.escale.control.operation.RateLimit;
import dev.escale.control.web.PageMaker;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.ServletWebSocketHandlerRegistry;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.server.jetty.JettyRequestUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import tools.jackson.databind.json.JsonMapper;

/** Hangs the pages' WebSocket on its path. Spring refuses a handshake from another origin. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
class StreamConfiguration {
    /** Longer than {@link PageSocket} leaves between pings. */
    private static final Duration IDLE = Duration.ofMinutes(2);

    /** Of one person: each page that is opened or comes back opens one. */
    private static final int OPENINGS_PER_MINUTE = 240;

    /** Of one page: each time that what it shows has changed. */
    private static final int WISHES_PER_MINUTE = 600;

    @Bean
    PageStream pageStream(
            ObjectProvider<LivePart> parts,
            ObjectProvider<LiveFeed> feeds,
            Events events,
            SessionRepository<? extends Session> sessions,
            JsonMapper json,
            Clock clock) {
        return new PageStream(
                parts.stream().toList(),
                feeds.stream().toList(),
                events,
                sessions,
                json,
                new RateLimit(WISHES_PER_MINUTE, clock));
    }

    @Bean
    WebSocketConfigurer pageStreamDoor(PageStream stream, PageMaker pages, Clock clock) {
        var upgrade = new JettyRequestUpgradeStrategy();
        upgrade.addWebSocketConfigurer(socket -> socket.setIdleTimeout(IDLE));
        return registry -> {
            registry.addHandler(stream, "/stream")
                    .setHandshakeHandler(new DefaultHandshakeHandler(upgrade))
                    .addInterceptors(
                            new StreamHandshake(pages, new RateLimit(OPENINGS_PER_MINUTE, clock)));
            // before the controllers: a team's page at /{team} would take the address
            if (registry instanceof ServletWebSocketHandlerRegistry servlet) {
                servlet.setOrder(-1);
            }
        };
    }
}
