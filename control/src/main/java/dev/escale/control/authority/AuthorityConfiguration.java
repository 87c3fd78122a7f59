package dev.escale.control.authority;

import dev.escale.control.ControlConfig;
import dev.escale.control.StartRefused;
import dev.escale.control.secret.KeyMaterials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the authority and puts its certificate in front of Jetty. */
@Configuration(proxyBeanMethods = false)
class AuthorityConfiguration {
    private static final Duration LOOK = Duration.ofMinutes(10);

    @Bean
    Authority authority(ControlConfig config, KeyMaterials keys, Clock clock) {
        Authority authority = new Authority(keys, config.publicUrl().getHost(), clock);
        export(authority, config.home().resolve("ca").resolve("root.pem"));
        return authority;
    }

    @Bean
    TlsPort tlsPort(ControlConfig config, Authority authority, KeyMaterials keys, Clock clock) {
        return new TlsPort(
                new ServerCertificate(config, config.tlsFiles(), authority, keys, clock),
                config.port());
    }

    /**
     * Agents pin the local authority: beside a certificate from elsewhere they need another port.
     */
    @Bean
    @Nullable TlsPort agentPort(
            ControlConfig config, Authority authority, KeyMaterials keys, Clock clock) {
        return config.tlsFiles() == null
                ? null
                : new TlsPort(
                        new ServerCertificate(config, null, authority, keys, clock),
                        config.agentUrl().getPort());
    }

    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> tls(List<TlsPort> ports) {
        return factory -> factory.addServerCustomizers(server -> TlsPort.open(server, ports));
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService certificateClock(List<TlsPort> ports) {
        ScheduledExecutorService timer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("certificate-clock").factory());
        timer.scheduleWithFixedDelay(
                () -> ports.forEach(TlsPort::renewIfDue),
                LOOK.toSeconds(),
                LOOK.toSeconds(),
                TimeUnit.SECONDS);
        return timer;
    }

    private static void export(Authority authority, Path file) {
        try {
            Files.createDirectories(file.getParent());
            Path fresh = Files.createTempFile(file.getParent(), "root", ".pem");
            Files.writeString(fresh, authority.rootPem());
            fresh.toFile().setReadable(true, false);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new StartRefused(
                    "%s cannot be written: %s.".formatted(file, failure.getMessage()), failure);
        }
    }
}
