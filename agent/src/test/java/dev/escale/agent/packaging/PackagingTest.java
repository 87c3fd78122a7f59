package dev.escale.agent.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostResult;
import dev.escale.agent.host.HostShell;
import io.avaje.json.mapper.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagingTest {
    private static final Path PACKAGING = Path.of("..", "packaging").toAbsolutePath().normalize();

    @TempDir private Path folder;

    @Test
    void everyPackageOfPm2IsPinnedByItsDigestAndRunsNothingWhenInstalled() throws Exception {
        Map<String, Object> lock = json(PACKAGING.resolve("pm2/package-lock.json"));

        Map<?, ?> packages = (Map<?, ?>) lock.get("packages");

        assertThat(packages).hasSizeGreaterThan(50);
        packages.forEach(
                (path, about) -> {
                    if (!path.equals("")) {
                        Map<?, ?> one = (Map<?, ?>) about;
                        assertThat(String.valueOf(one.get("integrity"))).startsWith("sha512-");
                        assertThat(String.valueOf(one.get("resolved")))
                                .startsWith("https://registry.npmjs.org/");
                        assertThat(one.get("hasInstallScript")).isNull();
                    }
                });
        String version =
                String.valueOf(((Map<?, ?>) packages.get("node_modules/pm2")).get("version"));
        assertThat(PACKAGING.resolve("install.sh")).content().contains("pm2_version=" + version);
    }

    @Test
    void noProgramButTheAgentSeesTheRegistrationToken() throws Exception {
        Path seen = folder.resolve("seen");
        Path programs = Files.createDirectory(folder.resolve("bin"));
        for (String name : new String[] {"id", "uname", "mktemp"}) {
            Path program = programs.resolve(name);
            Files.writeString(
                    program,
                    "#!/bin/sh\necho %s ${ESCALE_AGENT_TOKEN:-none} >> %s\nexec /usr/bin/%s \"$@\"\n"
                            .formatted(name, seen, name));
            assertThat(program.toFile().setExecutable(true)).isTrue();
        }
        String script = Files.readString(PACKAGING.resolve("install.sh"));
        Path copy = folder.resolve("install.sh");
        Files.writeString(copy, script.replace("\n  write_authority\n", "\n  exit 0\n"));

        HostResult result =
                new HostShell()
                        .run(
                                HostCommand.of("sh", copy.toString())
                                        .with(
                                                Map.of(
                                                        "ESCALE_AGENT_TOKEN",
                                                        "est_secret",
                                                        "PATH",
                                                        programs + ":/usr/bin:/bin")));

        assertThat(result.succeeded()).as(result.err()).isTrue();
        assertThat(Files.readAllLines(seen)).hasSize(3).allMatch(line -> line.endsWith(" none"));
    }

    @Test
    void neitherUnitEndsBecauseOneOfItsProcessesRanOutOfMemory() throws Exception {
        for (String unit : new String[] {"escale-agent.service", "escale-pm2.service"}) {
            assertThat(PACKAGING.resolve("host").resolve(unit))
                    .content()
                    .contains("\nOOMPolicy=continue\n");
        }
    }

    private static Map<String, Object> json(Path file) throws Exception {
        return JsonMapper.builder().build().fromJsonObject(Files.readString(file));
    }
}
