package dev.escale.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.testkit.program.Program;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("slow")
@NeedsTestHosts
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class TestHostsTest {

    @Test
    void bootsTwoDebianHostsThatReachEachOtherAndSurviveCutsRebootsAndPowerCuts() {
        try (TestHosts hosts = TestHosts.open()) {
            TestHost web = hosts.start("web-1");
            TestHost neighbour = hosts.start("web-2");

            assertThat(web.run("cat", "/etc/debian_version")).startsWith("12.");
            assertThat(web.run("hostname").strip()).isEqualTo("web-1");
            web.run("systemctl", "start", "nginx");
            assertThat(fetch(neighbour, web)).isEqualTo("200");

            web.cut();
            assertThat(fetch(neighbour, web)).isEqualTo("000");
            web.heal();
            assertThat(fetch(neighbour, web)).isEqualTo("200");

            web.shell("systemctl enable nginx && echo kept > /root/note");
            web.reboot();
            assertThat(fetch(neighbour, web)).isEqualTo("200");
            web.powerCycle();
            assertThat(web.run("cat", "/root/note")).isEqualTo("kept\n");
            assertThat(web.serviceIsActive("nginx")).isTrue();
        }

        assertThat(Program.of("ip", "netns").run())
                .doesNotContain("escn-" + ProcessHandle.current().pid());
        assertThat(Program.of("findmnt", "-rn", "-o", "TARGET").run())
                .doesNotContain("/runs/" + ProcessHandle.current().pid());
    }

    @Test
    void hostInstallsPm2ThroughItsOwnNpmWithoutInternet() {
        try (TestHosts hosts = TestHosts.open()) {
            TestHost web = hosts.start("web-1");

            web.run(
                    "npm",
                    "install",
                    "--prefix",
                    "/opt/tools",
                    "--no-audit",
                    "--no-fund",
                    "pm2@7.0.4");

            assertThat(web.shell("PM2_HOME=/tmp/pm2 /opt/tools/node_modules/.bin/pm2 --version"))
                    .contains("7.0.4");
        }
    }

    private static String fetch(TestHost from, TestHost to) {
        return from.program(
                        "curl",
                        "-s",
                        "-o",
                        "/dev/null",
                        "-m",
                        "2",
                        "--retry",
                        "3",
                        "--retry-connrefused",
                        "-w",
                        "%{http_code}",
                        "http://" + to.address() + "/")
                .attempt()
                .output()
                .strip();
    }
}
