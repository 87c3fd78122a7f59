package dev.escale.agent.release;

import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostResult;
import dev.escale.protocol.EnvValue;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/** Runs the one-off command of a release, such as a migration, as the app's user. */
record ReleaseCommand(AppProcess process, DeploymentReporter reporter) {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    void run(ReleasePlan plan, int port, Map<String, EnvValue> env)
            throws RolloutFailed, IOException, InterruptedException {
        process.prepareHome();
        var command =
                HostCommand.of(plan.releaseCommand())
                        .in(plan.directory())
                        .with(process.environment(plan, port, env))
                        .within(LONGEST)
                        .as(process.host().users().runtime(process.app()).orElse(null));
        HostResult result =
                process.host()
                        .shell()
                        .run(command, line -> reporter.line("app", mask(line, env.values())));
        if (!result.succeeded()) {
            throw new RolloutFailed(
                    Note.of(
                            Notes.RELEASE_COMMAND_FAILED,
                            "result",
                            mask(result.summary(), env.values())));
        }
    }

    private static String mask(String line, Collection<EnvValue> values) {
        String masked = line;
        for (EnvValue value : values) {
            if (value.secret() && !value.value().isBlank()) {
                masked = masked.replace(value.value(), "•••");
            }
        }
        return masked;
    }
}
