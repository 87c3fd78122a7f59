package dev.escale.agent.build.detect;

import dev.escale.agent.release.BuildFailed;
import java.util.List;
import java.util.Optional;

/** Finds where packages are installed and by what. */
final class Installation {
    private static final List<String> LOCK_FILES =
            List.of("package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock");
    private static final List<String> CONFIGURATION =
            List.of(".npmrc", ".yarnrc", ".yarnrc.yml", ".pnpmfile.cjs");

    private final FileTree tree;
    private final Findings findings;

    Installation(FileTree tree, Findings findings) {
        this.tree = tree;
        this.findings = findings;
    }

    /**
     * @param root of the app
     */
    Project.Install of(String root) throws BuildFailed {
        String folder = hasLock(root) || !isPartOfWorkspace() ? root : "";
        FileTree place = tree.in(folder);
        findings.lookIn(folder);
        Optional<PackageJson> json = PackageJson.in(place);
        if (json.isEmpty()) {
            return Project.Install.NONE;
        }
        Optional<PackageManager> packages =
                new PackageManagers(place, json.get(), findings).choose();
        if (packages.isEmpty()) {
            return Project.Install.NONE;
        }
        findings.add("install", String.join(" ", packages.get().install()), PackageJson.FILE);
        return new Project.Install(
                packages.get(),
                folder,
                packages.get().lockFile() != null
                        && !json.get().hasLifecycleScript()
                        && !json.get().hasLocalPackages()
                        && !place.hasFile("pnpm-workspace.yaml"),
                resolution(place, json.get(), packages.get()));
    }

    private static String resolution(FileTree place, PackageJson json, PackageManager packages) {
        var all = new StringBuilder(packages.name()).append('\n').append(json.resolution());
        CONFIGURATION.forEach(file -> all.append('\n').append(place.text(file).orElse("")));
        return all.toString();
    }

    private boolean hasLock(String folder) {
        return LOCK_FILES.stream().anyMatch(tree.in(folder)::hasFile);
    }

    private boolean isPartOfWorkspace() throws BuildFailed {
        return tree.hasFile("pnpm-workspace.yaml")
                || PackageJson.in(tree).map(PackageJson::hasWorkspaces).orElse(false);
    }
}
