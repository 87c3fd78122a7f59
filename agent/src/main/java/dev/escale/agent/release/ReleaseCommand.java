package dev.escale.agent.release;

import dev.escale.agent.host.ControlGroup;
import dev.escale.agent.host.ControlGroups;
import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostResult;
import dev.escale.agent.host.Memory;
import dev.escale.agent.secret.Masker;
import dev.escale.protocol.EnvValue;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the one-off command of a release, such as a migration, as the app's user. What it leaves
 * running ends with it, where there are control groups: the app itself has the same user.
 *
 * @param deployment after which its control group is named
 * @param megabytes of memory that it may take
 */
record ReleaseCommand(
        AppProcess process, DeploymentReporter reporter, String deployment, int megabytes) {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MOST_PROCESSES = 1024;
    private static final int FIRST_TO_GO = 500;

    void run(ReleasePlan plan, int port, Map<String, EnvValue> env)
            throws RolloutFailed, IOException, InterruptedException {
        process.prepareHome();
        Optional<ControlGroup> group =
                new ControlGroups()
                        .create(
                                "release-" + deployment,
                                Memory.share((long) megabytes << 20),
                                MOST_PROCESSES);
        try {
            run(command(plan, port, env).under(group.orElse(null)), Masker.of(env));
        } finally {
            group.ifPresent(ControlGroup::close);
        }
    }

    private HostCommand command(ReleasePlan plan, int port, Map<String, EnvValue> env)
            throws IOException, InterruptedException {
        return HostCommand.of(plan.releaseCommand())
                .in(plan.directory())
                .with(process.environment(plan, port, env))
                .within(LONGEST)
                .scored(FIRST_TO_GO)
                .as(process.host().users().runtime(process.app()).orElse(null));
    }

    private void run(HostCommand command, Masker masker)
            throws RolloutFailed, InterruptedException {
        HostResult result =
                process.host()
                        .shell()
                        .run(command, line -> reporter.line("app", masker.mask(line)));
        if (!result.succeeded()) {
            throw new RolloutFailed(
                    Note.of(Notes.RELEASE_COMMAND_FAILED, "result", masker.mask(result.summary())));
        }
    }
}
