package dev.escale.agent.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.agent.host.HostCommand;
import dev.escale.agent.release.ReleasePlan;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** pnpm and both kinds of yarn, from npm, with one small package. */
class PackageManagersTest {
    private static final String INTEGRITY =
            "sha512-6FlzubTLZG3J2a/NVCAleEhjzq5oxgHyaCU9yYXvcLsvoVaHJq/s5xXI6/XXP6tz7R9xAOtHnSO/tXtF3WRTlA==";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"pnpm-lock.yaml|pnpm@9.15.9", "yarn.lock|yarn@1.22.22", "|yarn@4.5.0"})
    void installs(String lock, String manager) throws Exception {
        try (var bench = new Bench()) {
            bench.write(
                            "package.json",
                            """
                            {"name": "one", "packageManager": "%s", "scripts": {"start": "node x.js"},
                             "dependencies": {"ms": "2.1.3"}}
                            """
                                    .formatted(manager))
                    .write("x.js", "console.log(require('ms')('2 days'))");
            if (lock != null) {
                bench.write(lock, lock.startsWith("pnpm") ? pnpmLock() : yarnLock());
            }

            ReleasePlan plan = bench.build(1);
            if (lock != null) {
                bench.build(2);
            }

            var result = bench.run(HostCommand.of(plan.start()).in(plan.directory()));
            assertThat(result.out()).isEqualTo("172800000\n");
            assertThat(bench.recorder.notes).hasSize(lock == null ? 0 : 1);
        }
    }

    private static String pnpmLock() {
        return """
        lockfileVersion: '9.0'

        settings:
          autoInstallPeers: true
          excludeLinksFromLockfile: false

        importers:

          .:
            dependencies:
              ms:
                specifier: 2.1.3
                version: 2.1.3

        packages:

          ms@2.1.3:
            resolution: {integrity: %s}

        snapshots:

          ms@2.1.3: {}
        """
                .formatted(INTEGRITY);
    }

    private static String yarnLock() {
        return """
        # yarn lockfile v1


        ms@2.1.3:
          version "2.1.3"
          resolved "https://registry.yarnpkg.com/ms/-/ms-2.1.3.tgz#574c8138ce1d2b5861f0b44579dbadd60c6615b2"
          integrity %s
        """
                .formatted(INTEGRITY);
    }
}
