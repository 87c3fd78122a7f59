package dev.escale.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.testkit.Workplace;
import dev.escale.testkit.control.ControlProcess;
import dev.escale.testkit.control.ControlSettings;
import dev.escale.testkit.control.Json;
import dev.escale.testkit.host.NeedsTestHosts;
import dev.escale.testkit.host.TestHost;
import dev.escale.testkit.host.TestHosts;
import dev.escale.testkit.program.Wait;
import dev.escale.testkit.stack.App;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server without systemd: services are scripts in /etc/init.d, and a keeper runs the agent. */
@NeedsTestHosts
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class ServiceScriptStory {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Workplace workplace = Workplace.fresh();
    private TestHosts hosts;
    private TestHost host;
    private ControlProcess control;

    @BeforeEach
    void start() {
        hosts = TestHosts.open();
        host = hosts.startWithoutSystemd("plain-1");
        control =
                ControlProcess.start(
                        ControlSettings.on(hosts.gateway(), workplace.folder().resolve("control")));
    }

    @AfterEach
    void end() {
        if (control != null) {
            control.close();
        }
        if (hosts != null) {
            hosts.close();
        }
        workplace.close();
    }

    @Test
    void isInstalledServesComesBackAndIsLeftAsItWas() {
        Set<String> before = inventory();
        Json added = control.api().post("servers", Map.of("name", "plain-1"));
        String server = added.text("id");

        host.shell(added.text("installCommand"));
        App app = App.create(control, server, "plain", workplace.folder("repositories"));
        app.goLive("release 1");
        app.awaitSettled();
        String agent = agent();

        host.shell("kill -KILL " + agent);
        Wait.until("another agent", PATIENCE, () -> !agent().isEmpty() && !agent().equals(agent));
        assertThat(app.fetchText()).isEqualTo("release 1");
        app.goLive("release 2");
        app.awaitSettled();

        host.shell("service escale-agent stop");
        assertThat(agent()).isEmpty();
        assertThat(host.program("service", "escale-agent", "status").attempt().exit()).isEqualTo(3);
        assertThat(app.fetchText()).isEqualTo("release 2");
        host.shell("service escale-agent start");
        Wait.until(
                "the server to be online",
                PATIENCE,
                () -> control.api().get("servers/" + server).text("state").equals("online"));

        Json planned = control.api().delete("servers/" + server + "?dryRun=true");
        control.api().post("plans/" + planned.text("planId") + "/apply", Map.of());
        Wait.until("the agent to go", PATIENCE, () -> !Files.exists(host.file("/opt/escale")));
        Wait.until("its last process to end", PATIENCE, () -> agent().isEmpty());
        var after = new TreeSet<>(inventory());
        assertThat(after).containsAll(before);
        after.removeAll(before);
        assertThat(after).as("what is there that was not").isEmpty();
    }

    /** Its process id; empty when there is none. */
    private String agent() {
        return host.program("pgrep", "-f", "bin/java .*dev.escale.agent")
                .attempt()
                .output()
                .strip();
    }

    private Set<String> inventory() {
        String found =
                host.shell(
                        """
                        find /etc /opt /usr/local /home /var/lib /var/log /run -xdev \
                          -not -path '/var/lib/nginx*' -not -path '/var/log/nginx*' -not -path '/run/nginx.pid' \
                          -not -path '/etc/*-' -not -name .pwd.lock -not -path '/run/host*' | sort
                        cut -d: -f1 /etc/passwd /etc/group
                        nft list ruleset
                        """);
        return new TreeSet<>(found.lines().toList());
    }
}
