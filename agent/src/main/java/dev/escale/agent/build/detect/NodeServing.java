package dev.escale.agent.build.detect;

import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the scripts and the framework of a {@code package.json} say about serving. */
final class NodeServing {
    private static final List<String> DEVELOPMENT_SCRIPTS = List.of("start", "serve", "dev");

    private final PackageJson json;
    private final @Nullable Framework framework;
    private final FileTree tree;
    private final Findings findings;
    private final Scripts scripts;

    NodeServing(PackageJson json, @Nullable Framework framework, FileTree tree, Findings findings) {
        this.json = json;
        this.framework = framework;
        this.tree = tree;
        this.findings = findings;
        this.scripts = new Scripts(json);
    }

    Optional<Serving> detect(List<String> startScripts) {
        return server(startScripts)
                .or(this::ofFramework)
                .or(this::withoutWatching)
                .or(this::developmentScript)
                .or(this::staticServer);
    }

    private Optional<Serving> server(List<String> names) {
        for (String name : names) {
            if (json.script(name).isEmpty()) {
                continue;
            }
            switch (scripts.program(name)) {
                case Program.Server server when !isOfExportedSite(server) -> {
                    return process(scripts.resolve(name).orElseThrow());
                }
                case Program.Development(String command, Optional<String> _)
                        when name.equals("start") ->
                        findings.warn(
                                Note.of(
                                        Notes.DETECT_DEVELOPMENT_SERVER,
                                        "script",
                                        name,
                                        "command",
                                        command),
                                PackageJson.FILE);
                case Program.Server _, Program.Development _, Program.StaticFiles _ -> {}
            }
        }
        return Optional.empty();
    }

    /** Next.js keeps its usual start script when it is told to write files only. */
    private boolean isOfExportedSite(Program.Server server) {
        return framework != null
                && framework.start() == null
                && server.command().matches("(.*\\s)?next start.*");
    }

    private Optional<Serving> ofFramework() {
        if (framework == null) {
            return Optional.empty();
        }
        String start = framework.start();
        if (start != null) {
            return process(start);
        }
        return hasDevelopmentServerOnly()
                ? files(framework.output(), framework.name())
                : Optional.empty();
    }

    /** Vite also serves as a part of servers; those are found by their development script. */
    private boolean hasDevelopmentServerOnly() {
        boolean builds = json.script("build").isPresent();
        return builds
                || !(scripts.program("dev") instanceof Program.Server)
                || json.script("dev").isEmpty();
    }

    private Optional<Serving> withoutWatching() {
        for (String name : DEVELOPMENT_SCRIPTS) {
            if (json.script(name).isPresent()
                    && scripts.program(name)
                            instanceof Program.Development(String _, Optional<String> instead)
                    && instead.isPresent()) {
                return process(instead.get());
            }
        }
        return Optional.empty();
    }

    private Optional<Serving> developmentScript() {
        return json.script("dev").isPresent() && scripts.program("dev") instanceof Program.Server
                ? scripts.resolve("dev").flatMap(this::process)
                : Optional.empty();
    }

    private Optional<Serving> staticServer() {
        for (String name : List.of("start", "serve", "dev", "preview")) {
            if (json.script(name).isPresent()
                    && scripts.program(name)
                            instanceof Program.StaticFiles(String _, Optional<String> folder)) {
                var folders = new ArrayList<String>();
                folder.map(f -> f.replaceAll("^\\./|/+$|^\\.$", ""))
                        .filter(f -> !f.startsWith("..") && !f.startsWith("/"))
                        .ifPresent(folders::add);
                folders.addAll(List.of("dist", "build", "out", "_site", "public"));
                if (folder.isEmpty() && tree.hasFile("index.html")) {
                    folders.add("");
                }
                return files(folders, "static");
            }
        }
        return Optional.empty();
    }

    private Optional<Serving> process(String command) {
        findings.add("type", framework == null ? "Node.js" : framework.name(), PackageJson.FILE);
        findings.add("start", command, PackageJson.FILE);
        return Optional.of(new Serving.Process(command));
    }

    private Optional<Serving> files(List<String> folders, String type) {
        findings.add("type", type, PackageJson.FILE);
        findings.add("output", folders.getFirst(), PackageJson.FILE);
        return Optional.of(new Serving.Files(folders));
    }
}
