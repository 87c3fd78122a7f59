package dev.escale.agent.build;

import dev.escale.agent.build.detect.PackageManager;
import dev.escale.agent.build.detect.Project;
import dev.escale.agent.build.detect.ShellWords;
import dev.escale.agent.build.source.Checkout;
import dev.escale.agent.host.HostUser;
import dev.escale.agent.release.BuildFailed;
import dev.escale.agent.release.BuildRequest;
import dev.escale.agent.release.ReleasePlan;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Installs and builds one checked-out commit, and says how the result is served. */
final class BuildJob {
    private final Detected detected;
    private final Project project;
    private final Workshop workshop;
    private final String commit;
    private final Path release;
    private final BuildEnvironment environment;
    private final Packages packages;

    BuildJob(
            BuildRequest request,
            Checkout checkout,
            Detected detected,
            Workshop workshop,
            Map<String, String> network)
            throws IOException {
        this.detected = detected;
        this.project = detected.project();
        this.workshop = workshop;
        this.commit = checkout.commit();
        this.release = request.folder().release(request.order().release()).toAbsolutePath();
        Path root = request.folder().root().toAbsolutePath();
        AppHome home = AppHome.of(root, workshop.user());
        this.environment = new BuildEnvironment(request, network, home.folder(), commit);
        this.packages =
                new Packages(
                        project.install(),
                        new Inside(release, project.install().folder()),
                        environment,
                        home,
                        new Dependencies(root, workshop),
                        workshop,
                        detected.nodeExecutable() + " " + detected.nodeVersion());
    }

    ReleasePlan run(Steps steps) throws BuildFailed, InterruptedException, IOException {
        giveToBuildUser();
        try {
            make(steps);
        } finally {
            packages.tidy();
        }
        workshop.own(Ownership.finish(workshop.user(), release));
        return new Finish(release, commit, detected).plan();
    }

    private void make(Steps steps) throws BuildFailed, InterruptedException {
        PackageManager manager = project.install().packages();
        if (manager != null) {
            steps.take(Step.INSTALL, () -> new Steps.Result<>(manager, packages.install(manager)));
        }
        Project.Command build = project.build();
        if (build != null) {
            steps.take(Step.BUILD, () -> new Steps.Result<>(build, build(build)));
        }
    }

    private void giveToBuildUser() throws BuildFailed, InterruptedException {
        HostUser user = workshop.user();
        boolean nothingRuns = project.install().packages() == null && project.build() == null;
        if (user != null && !nothingRuns) {
            workshop.own(Ownership.give(user, release));
        }
    }

    /** A build that wants to write into shared packages is run again with packages of its own. */
    private @Nullable Note build(Project.Command build)
            throws BuildFailed, InterruptedException, IOException {
        try {
            execute(build);
            return null;
        } catch (BuildFailed failure) {
            boolean refused = workshop.output().complains(BuildOutput.Complaint.NOT_WRITABLE);
            if (!refused || !packages.separate()) {
                throw failure;
            }
        }
        workshop.output().forget();
        execute(build);
        return Note.of(Notes.INSTALL_REPEATED);
    }

    private void execute(Project.Command build)
            throws BuildFailed, InterruptedException, IOException {
        Path folder = new Inside(release, build.folder()).folder();
        var programs = new ArrayList<>(packages.programs());
        programs.add(folder.resolve("node_modules/.bin"));
        programs.add(release.resolve(project.install().folder()).resolve("node_modules/.bin"));
        Optional<List<String>> words = ShellWords.split(build.text());
        workshop.run(
                build.text(),
                words.filter(list -> !list.getFirst().contains("="))
                        .orElse(List.of("sh", "-c", build.text())),
                folder,
                environment.building(programs, build.environment()));
    }
}
