package dev.escale.control.agentlink;

import dev.escale.control.operation.Origins;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.socket.server.jetty.JettyRequestUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/** Hangs the agents' door on its path. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
class AgentDoorConfiguration implements WebSocketConfigurer {
    static final String PATH = "/agent/v1/connect";
    private static final Duration IDLE = Heartbeat.INTERVAL.multipliedBy(4);

    private final AgentDoor door;
    private final Refusals refusals;
    private final Origins origins;

    AgentDoorConfiguration(AgentDoor door, Refusals refusals, Origins origins) {
        this.origins = origins;
        this.door = door;
        this.refusals = refusals;
    }

    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        var upgrade = new JettyRequestUpgradeStrategy();
        upgrade.addWebSocketConfigurer(
                socket -> {
                    socket.setIdleTimeout(IDLE);
                    socket.setMaxTextMessageSize(Bounds.HELLO);
                    socket.setMaxFrameSize(Bounds.MESSAGE);
                    socket.setMaxBinaryMessageSize(1);
                });
        registry.addHandler(door, PATH)
                .setHandshakeHandler(new DefaultHandshakeHandler(upgrade))
                .addInterceptors(new Doorman(refusals, origins));
    }

    /** Notes the address, and does not open to one that was refused too often. */
    private record Doorman(Refusals refusals, Origins origins) implements HandshakeInterceptor {
        @Override
        public boolean beforeHandshake(
                ServerHttpRequest request,
                ServerHttpResponse response,
                WebSocketHandler handler,
                Map<String, Object> attributes) {
            String address =
                    origins.address(((ServletServerHttpRequest) request).getServletRequest());
            attributes.put(AgentSocket.ADDRESS, address);
            boolean allowed = refusals.allows(address);
            if (!allowed) {
                response.setStatusCode(HttpStatus.TOO_MANY_REQUESTS);
            }
            return allowed;
        }

        @Override
        public void afterHandshake(
                ServerHttpRequest request,
                ServerHttpResponse response,
                WebSocketHandler handler,
                @Nullable Exception failure) {}
    }
}
