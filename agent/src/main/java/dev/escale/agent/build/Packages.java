package dev.escale.agent.build;

import dev.escale.agent.build.detect.PackageManager;
import dev.escale.agent.build.detect.Project;
import dev.escale.agent.release.BuildFailed;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Installs the packages of one release: from the app's store when the lock file and all else that
 * decides on them is known from before, by the package manager otherwise.
 */
final class Packages {
    private final Project.Install install;
    private final Inside place;
    private final BuildEnvironment environment;
    private final AppHome home;
    private final Dependencies dependencies;
    private final Workshop workshop;
    private final String node;
    private @Nullable String key;
    private boolean installed;

    /**
     * @param place in which to install
     * @param node version and path of Node.js
     */
    Packages(
            Project.Install install,
            Inside place,
            BuildEnvironment environment,
            AppHome home,
            Dependencies dependencies,
            Workshop workshop,
            String node) {
        this.install = install;
        this.place = place;
        this.environment = environment;
        this.home = home;
        this.dependencies = dependencies;
        this.workshop = workshop;
        this.node = node;
    }

    /**
     * @return what a person should know of it
     */
    @Nullable Note install(PackageManager packages)
            throws BuildFailed, InterruptedException, IOException {
        bringTool(packages);
        key = key();
        if (key != null && dependencies.restore(key, place.folder())) {
            return Note.of(Notes.INSTALL_REUSED);
        }
        installed = true;
        run(packages);
        if (key != null) {
            dependencies.keep(key, place.folder());
        }
        return null;
    }

    /**
     * Gives the release packages of its own, if it shares them.
     *
     * @return whether it did
     */
    boolean separate() throws BuildFailed, InterruptedException, IOException {
        if (key == null || !dependencies.holds(key)) {
            return false;
        }
        dependencies.separate(key, place.folder());
        return true;
    }

    /** After the build: what was installed anew may have made the caches too large. */
    void tidy() {
        if (!installed) {
            return;
        }
        try {
            new CacheBound(home.folder(), CacheBound.DEFAULT).keep();
        } catch (IOException failure) {
            System.getLogger(Packages.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "caches stay as large as they are: {0}",
                            failure.getMessage());
        }
    }

    /** Folders of programs that the project may call. */
    List<Path> programs() {
        var programs = new ArrayList<Path>();
        PackageManager packages = install.packages();
        if (packages != null && packages.tool() != null) {
            programs.add(home.tool(packages.tool()).resolve("node_modules/.bin"));
        }
        return programs;
    }

    private void run(PackageManager packages)
            throws BuildFailed, InterruptedException, IOException {
        try {
            workshop.run(
                    String.join(" ", packages.install()),
                    packages.install(),
                    place.folder(),
                    environment.installing(packages, programs()));
        } catch (BuildFailed failure) {
            if (!workshop.output().complains(BuildOutput.Complaint.LOCK_OUTDATED)) {
                throw failure;
            }
            throw new BuildFailed(
                    Note.of(
                            Notes.BUILD_LOCK_OUTDATED,
                            "command",
                            String.join(" ", packages.install()),
                            "file",
                            String.valueOf(packages.lockFile())),
                    failure.evidence());
        }
    }

    /** pnpm and yarn come from npm, once per app and version. */
    private void bringTool(PackageManager packages) throws BuildFailed, InterruptedException {
        String tool = packages.tool();
        if (tool == null || Files.isDirectory(home.tool(tool).resolve("node_modules/.bin"))) {
            return;
        }
        var arguments =
                List.of(
                        "npm",
                        "install",
                        "--no-audit",
                        "--no-fund",
                        "--prefix",
                        home.tool(tool).toString(),
                        tool);
        workshop.run(
                "npm install " + tool,
                arguments,
                home.folder(),
                environment.installing(null, List.of()));
    }

    /** Null when another release must not get the same. */
    private @Nullable String key() throws BuildFailed, IOException {
        PackageManager packages = install.packages();
        if (!install.reusable() || packages == null || packages.lockFile() == null) {
            return null;
        }
        return Dependencies.key(
                place.file(packages.lockFile()),
                install.resolution(),
                environment.ofApp(),
                node,
                System.getProperty("os.arch", ""));
    }
}
