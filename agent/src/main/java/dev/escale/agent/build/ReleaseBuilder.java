package dev.escale.agent.build;

import dev.escale.agent.build.detect.Project;
import dev.escale.agent.build.detect.ProjectDetector;
import dev.escale.agent.build.source.Checkout;
import dev.escale.agent.build.source.GitSource;
import dev.escale.agent.host.ControlGroup;
import dev.escale.agent.host.ControlGroups;
import dev.escale.agent.host.HostShell;
import dev.escale.agent.host.HostUser;
import dev.escale.agent.host.Memory;
import dev.escale.agent.host.SystemUsers;
import dev.escale.agent.release.BuildFailed;
import dev.escale.agent.release.BuildRequest;
import dev.escale.agent.release.Builder;
import dev.escale.agent.release.DeploymentReporter;
import dev.escale.agent.release.ReleasePlan;
import dev.escale.agent.release.Served;
import dev.escale.agent.secret.Masker;
import dev.escale.protocol.EnvValue;
import dev.escale.protocol.Finding;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Order;
import dev.escale.protocol.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Fetches, detects, installs and builds, in this order. */
public final class ReleaseBuilder implements Builder {
    private static final int MOST_PROCESSES = 4096;

    private final HostShell shell;
    private final ControlGroups groups;
    private final BuildSettings settings;
    private final GitSource source;
    private final NodeProgram node;

    public ReleaseBuilder(HostShell shell, ControlGroups groups, BuildSettings settings) {
        this.shell = shell;
        this.groups = groups;
        this.settings = settings;
        this.source = new GitSource(shell, settings.git());
        this.node = new NodeProgram(shell);
    }

    @Override
    public ReleasePlan build(BuildRequest request, DeploymentReporter reporter)
            throws BuildFailed, InterruptedException {
        var steps = new Steps(reporter);
        endStrays(request.user());
        Masker masker = masker(request.order());
        Checkout checkout =
                steps.take(Step.FETCH, () -> fetched(source.checkout(request, masker, reporter)));
        try (var group = group(request.order())) {
            var output = new BuildOutput(reporter, masker);
            var workshop =
                    new Workshop(
                            shell,
                            request.user(),
                            group.orNull(),
                            output,
                            request.order().limits());
            Detected detected =
                    steps.take(
                            Step.DETECT, () -> detect(request, checkout, group.orNull(), reporter));
            return Steps.guard(
                    () ->
                            new BuildJob(request, checkout, detected, workshop, settings.network())
                                    .run(steps));
        }
    }

    /** Those of a build that the agent itself died in. */
    private void endStrays(@Nullable HostUser user) {
        if (user != null) {
            new SystemUsers(shell).killAll(user);
        }
    }

    private Steps.Result<Detected> detect(
            BuildRequest request,
            Checkout checkout,
            @Nullable ControlGroup group,
            DeploymentReporter reporter)
            throws BuildFailed, InterruptedException, IOException {
        Order.Deploy order = request.order();
        var warnings = new ArrayList<>(warnings(checkout, request, group));
        try {
            NodeProgram.Found installed = node.find();
            Project project =
                    ProjectDetector.detect(
                            request.folder().release(order.release()),
                            order.overrides(),
                            installed == null ? null : installed.version(),
                            order.env().keySet());
            warnings.addAll(0, project.findings());
            Served served = request.served();
            if (served != null) {
                warnings.addAll(served.findings(project.shared()));
            }
            return new Steps.Result<>(new Detected(project, installed), null);
        } finally {
            reporter.detected(checkout.commit(), checkout.subject(), checkout.author(), warnings);
        }
    }

    private static List<Finding> warnings(
            Checkout checkout, BuildRequest request, @Nullable ControlGroup group) {
        var warnings = new ArrayList<Finding>();
        checkout.warnings().forEach(note -> warnings.add(Finding.warning(note, "git")));
        if (request.user() == null) {
            warnings.add(Finding.warning(Note.of(Notes.BUILD_UNCONFINED), "default"));
        }
        if (group == null) {
            warnings.add(Finding.warning(Note.of(Notes.BUILD_UNLIMITED), "default"));
        }
        return warnings;
    }

    private static Steps.Result<Checkout> fetched(Checkout checkout) {
        Note warning = checkout.warnings().isEmpty() ? null : checkout.warnings().getFirst();
        return new Steps.Result<>(checkout, warning);
    }

    /** The memory that all processes of the build share; none where the kernel has no limits. */
    private Group group(Order.Deploy order) {
        String name = "build-" + order.deployment();
        long bytes = Memory.share((long) order.limits().buildMemoryMegabytes() << 20);
        return new Group(groups.create(name, bytes, MOST_PROCESSES).orElse(null));
    }

    private record Group(@Nullable ControlGroup orNull) implements AutoCloseable {
        @Override
        public void close() {
            if (orNull != null) {
                orNull.close();
            }
        }
    }

    private static Masker masker(Order.Deploy order) {
        Stream<String> ofApp =
                order.env().values().stream().filter(EnvValue::secret).map(EnvValue::value);
        return new Masker(Stream.concat(ofApp, GitSource.secrets(order.source())).toList());
    }
}
