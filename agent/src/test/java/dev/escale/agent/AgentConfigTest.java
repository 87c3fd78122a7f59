package dev.escale.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.escale.protocol.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentConfigTest {
    @TempDir Path home;

    @Test
    void hasDefaultsForAServer() throws Exception {
        AgentConfig config = AgentConfig.load(Map.of());

        assertThat(config.home()).isEqualTo(Path.of("/var/lib/escale"));
        assertThat(config.nginx()).isEqualTo(AgentConfig.NginxMode.SYSTEM);
        assertThat(config.httpsPort()).isEqualTo(443);
        assertThat(config.pm2()).isEqualTo(Path.of("/var/lib/escale/tools/pm2/node_modules/pm2"));
        assertThat(config.ports()).isEqualTo(new AgentConfig.PortRange(20000, 29999));
        assertThat(config.limits().over(Limits.DEFAULT)).isEqualTo(Limits.DEFAULT);
    }

    @Test
    void letsTheEnvironmentWinOverTheFile() throws Exception {
        Files.writeString(
                home.resolve("agent.properties"),
                "ESCALE_AGENT_NGINX=private\nESCALE_AGENT_PORTS=21000-21999\n"
                        + "ESCALE_AGENT_BUILD_SECONDS=3600\nESCALE_AGENT_BUILD_MEGABYTES=4096\n");

        AgentConfig config =
                AgentConfig.load(
                        Map.of(
                                "ESCALE_AGENT_HOME",
                                home.toString(),
                                "ESCALE_AGENT_PORTS",
                                "22000-22999"));

        assertThat(config.nginx()).isEqualTo(AgentConfig.NginxMode.PRIVATE);
        assertThat(config.httpsPort()).isZero();
        assertThat(config.ports().first()).isEqualTo(22000);
        Limits limits = config.limits().over(Limits.DEFAULT);
        assertThat(limits.buildSeconds()).isEqualTo(3600);
        assertThat(limits.buildMemoryMegabytes()).isEqualTo(4096);
        assertThat(limits.totalSeconds()).isEqualTo(1800 + 2700);
    }

    @Test
    void namesEveryFaultAtOnce() {
        var settings =
                Map.of(
                        "ESCALE_AGENT_HOME", home.toString(),
                        "ESCALE_AGENT_NGINXX", "private",
                        "ESCALE_AGENT_HTTP_PORT", "99999",
                        "ESCALE_AGENT_PORTS", "30000-20000",
                        "ESCALE_AGENT_DEPLOYMENT_SECONDS", "5");

        assertThatThrownBy(() -> AgentConfig.load(settings))
                .hasMessageContaining("did you mean ESCALE_AGENT_NGINX?")
                .hasMessageContaining("ESCALE_AGENT_HTTP_PORT is not a port: 99999")
                .hasMessageContaining("not a range of ports")
                .hasMessageContaining(
                        "ESCALE_AGENT_DEPLOYMENT_SECONDS is not a number from 30 to 86400: 5");
    }
}
