package dev.escale.agent.build.detect;

import dev.escale.agent.release.BuildFailed;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Overrides;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Detects a project: a function of its files, of what people settled, and of nothing else. */
public final class ProjectDetector {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> NESTS =
            List.of("apps", "packages", "sites", "services", "projects");

    private final FileTree tree;
    private final Overrides overrides;
    private final @Nullable String nodeVersion;
    private final Set<String> variables;
    private Findings findings = new Findings();

    /**
     * @param nodeVersion that is installed; null when none is
     * @param variables names that the app's environment has
     */
    ProjectDetector(
            FileTree tree,
            Overrides overrides,
            @Nullable String nodeVersion,
            Set<String> variables) {
        this.tree = tree;
        this.overrides = overrides;
        this.nodeVersion = nodeVersion;
        this.variables = variables;
    }

    public static Project detect(
            Path checkout, Overrides overrides, @Nullable String nodeVersion, Set<String> variables)
            throws BuildFailed {
        try {
            return new ProjectDetector(new DiskTree(checkout), overrides, nodeVersion, variables)
                    .detect();
        } catch (FileRefused refused) {
            throw new BuildFailed(refused.reason(), List.of());
        }
    }

    Project detect() throws BuildFailed {
        Settings settings = settings();
        Optional<Settings.Setting> chosen = settings.get("root");
        String root = chosen.map(s -> normalized(s.value())).orElse("");
        if (!root.isEmpty() && !tree.hasFolder(root)) {
            throw new BuildFailed(Note.of(Notes.DETECT_ROOT_MISSING, "root", root), List.of());
        }
        chosen.ifPresent(s -> findings.add("root", root, s.from()));
        Optional<Project> project = project(root, settings);
        if (project.isEmpty() && chosen.isEmpty()) {
            project = inSubFolder(settings);
        }
        return project.orElseThrow(
                () ->
                        new BuildFailed(
                                Note.of(
                                        Notes.DETECT_NOTHING_TO_START,
                                        "folder",
                                        root.isEmpty() ? "/" : root),
                                List.of()));
    }

    private Settings settings() throws BuildFailed {
        Optional<String> yaml = tree.text(EscaleYaml.FILE);
        Settings fromFile =
                yaml.isPresent()
                        ? EscaleYaml.read(yaml.get(), findings)
                        : new Settings(Map.of(), List.of(), List.of());
        Settings settings = fromFile.under(overrides);
        SettingsCheck.refuse(SettingsCheck.faults(settings));
        return settings;
    }

    /** Only when exactly one folder can be served does it need nobody to choose. */
    private Optional<Project> inSubFolder(Settings settings) throws BuildFailed {
        Findings outer = findings;
        var found = new ArrayList<Project>();
        for (String folder : subFolders()) {
            findings = new Findings();
            findings.add("root", folder, folder + "/" + PackageJson.FILE);
            try {
                project(folder, settings).ifPresent(found::add);
            } catch (BuildFailed notThis) {
                continue;
            }
        }
        findings = outer;
        if (found.size() > 1) {
            String folders = String.join(", ", found.stream().map(Project::root).toList());
            throw new BuildFailed(
                    Note.of(Notes.DETECT_SEVERAL_APPS, "folders", folders), List.of());
        }
        return found.stream().findFirst();
    }

    private List<String> subFolders() {
        Stream<String> direct = tree.folders("").stream();
        Stream<String> nested =
                NESTS.stream()
                        .flatMap(
                                nest -> tree.folders(nest).stream().map(name -> nest + "/" + name));
        return Stream.concat(direct, nested)
                .filter(folder -> tree.hasFile(folder + "/" + PackageJson.FILE))
                .limit(50)
                .toList();
    }

    private Optional<Project> project(String root, Settings settings) throws BuildFailed {
        FileTree folder = tree.in(root);
        findings.lookIn(root);
        var detector = new ServingDetector(folder, settings, findings);
        Optional<Serving> serving = detector.detect();
        if (serving.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> build = detector.build(serving.get());
        boolean needsNode = build.isPresent() || serving.get() instanceof Serving.Process;
        var install = needsNode ? new Installation(tree, findings).of(root) : Project.Install.NONE;
        findings.lookIn(root);
        if (needsNode) {
            new NodeCheck(folder, settings, findings).tell(nodeVersion);
        }
        warnAboutEnvironment(folder, settings);
        return Optional.of(
                new Project(
                        root,
                        install,
                        build.map(text -> command(text, root, install, detector.environment()))
                                .orElse(null),
                        serving.get(),
                        release(folder, settings),
                        settings.shared(),
                        health(settings),
                        findings.all()));
    }

    /** The parts of a repository with workspaces are built from its top, in their order. */
    private Project.Command command(
            String text, String root, Project.Install install, Map<String, String> environment) {
        boolean fromTop =
                !root.isEmpty() && install.folder().isEmpty() && text.equals("npm run build");
        return new Project.Command(text, fromTop && topBuilds() ? "" : root, environment);
    }

    private boolean topBuilds() {
        try {
            return PackageJson.in(tree).flatMap(json -> json.script("build")).isPresent();
        } catch (BuildFailed unreadable) {
            return false;
        }
    }

    private @Nullable String release(FileTree folder, Settings settings) {
        Optional<Settings.Setting> set = settings.get("release");
        if (set.isPresent()) {
            return set.get().value();
        }
        return new StartFiles(folder).procfile().get("release");
    }

    private Project.Health health(Settings settings) {
        Integer port = null;
        var fixed = settings.get("port");
        if (fixed.isPresent()) {
            port = Integer.valueOf(fixed.get().value());
            findings.add("port", fixed.get().value(), fixed.get().from());
        }
        settings.get("health.path").ifPresent(s -> findings.add("health", s.value(), s.from()));
        return new Project.Health(
                port,
                settings.get("health.path").map(Settings.Setting::value).orElse("/"),
                settings.get("health.timeout")
                        .map(s -> SettingsCheck.time(s.value()))
                        .orElse(PATIENCE));
    }

    private void warnAboutEnvironment(FileTree folder, Settings settings) {
        for (String file : List.of(".env", ".env.local", ".env.production")) {
            if (folder.hasFile(file)) {
                findings.warn(Note.of(Notes.DETECT_ENV_COMMITTED, "file", file), file);
            }
        }
        List<String> missing =
                settings.env().stream().filter(name -> !variables.contains(name)).toList();
        if (!missing.isEmpty()) {
            String names = String.join(", ", missing);
            findings.warn(Note.of(Notes.DETECT_ENV_MISSING, "names", names), EscaleYaml.FILE);
        }
    }

    private static String normalized(String path) {
        return Path.of(path).normalize().toString();
    }
}
