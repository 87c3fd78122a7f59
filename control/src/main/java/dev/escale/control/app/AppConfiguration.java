package dev.escale.control.app;

import dev.escale.control.agentlink.Commands;
import dev.escale.protocol.AppAction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the three operations that one class can do. */
@Configuration(proxyBeanMethods = false)
class AppConfiguration {

    @Bean
    ControlApp startApp(AppTargets targets, Commands commands) {
        return new ControlApp(AppAction.START, targets, commands);
    }

    @Bean
    ControlApp stopApp(AppTargets targets, Commands commands) {
        return new ControlApp(AppAction.STOP, targets, commands);
    }

    @Bean
    ControlApp restartApp(AppTargets targets, Commands commands) {
        return new ControlApp(AppAction.RESTART, targets, commands);
    }
}
