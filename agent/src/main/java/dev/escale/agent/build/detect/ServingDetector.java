package dev.escale.agent.build.detect;

import dev.escale.agent.release.BuildFailed;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds how one folder is served. What people said comes first, then files made for servers, then
 * scripts, frameworks, well-known file names, and last plain pages.
 */
final class ServingDetector {
    private static final List<String> START_SCRIPTS =
            List.of(
                    "start:prod",
                    "start:production",
                    "start",
                    "serve:prod",
                    "serve",
                    "production",
                    "server");
    private static final List<String> START_FILES =
            List.of("server.js", "server.mjs", "server.cjs", "app.js", "app.mjs", "bin/www");
    private static final List<String> PERHAPS_START_FILES =
            List.of(
                    "index.js",
                    "index.mjs",
                    "main.js",
                    "src/server.js",
                    "src/index.js",
                    "src/app.js");
    private static final List<String> PAGE_FOLDERS =
            List.of("", "public", "dist", "_site", "build", "out", "docs", "www", "site", "html");
    private static final List<String> OUTPUT_FOLDERS =
            List.of("dist", "build", "out", "_site", "public", "www");
    private static final String LISTENS = "(?s).*(\\.listen\\s*\\(|\\bserve\\s*\\().*";

    private final FileTree tree;
    private final Settings settings;
    private final Findings findings;
    private final @Nullable PackageJson json;
    private final @Nullable Framework framework;

    ServingDetector(FileTree tree, Settings settings, Findings findings) throws BuildFailed {
        this.tree = tree;
        this.settings = settings;
        this.findings = findings;
        this.json = PackageJson.in(tree).orElse(null);
        this.framework = json == null ? null : Framework.of(tree, json).orElse(null);
    }

    /**
     * @return empty when there is nothing to serve
     * @throws BuildFailed for a project of a kind that is not supported
     */
    Optional<Serving> detect() throws BuildFailed {
        Optional<Serving> settled = settled().or(this::procfile).or(this::pm2File);
        if (settled.isPresent()) {
            return settled;
        }
        Optional<Serving> node = json == null ? Optional.empty() : node(json);
        boolean process = node.isPresent() && node.get() instanceof Serving.Process;
        Optional<OtherKinds> other = OtherKinds.of(tree);
        if (!process && other.isPresent() && other.get().isLanguage()) {
            throw notSupported(other.get());
        }
        Optional<Serving> found = node.or(this::startFile).or(this::pages);
        if (found.isEmpty() && other.isPresent()) {
            throw notSupported(other.get());
        }
        other.ifPresent(
                unused ->
                        findings.warn(
                                Note.of(Notes.DETECT_FILE_UNUSED, "file", unused.file()),
                                unused.file()));
        return found;
    }

    /** The command that builds, if any. */
    Optional<String> build(Serving serving) {
        Optional<Settings.Setting> set = settings.get("build");
        if (set.isPresent()) {
            findings.add("build", set.get().value(), set.get().from());
            return set.map(Settings.Setting::value).filter(text -> !text.isEmpty());
        }
        if (json == null) {
            return Optional.empty();
        }
        for (String script : List.of("build", "build:prod", "build:production")) {
            if (json.script(script).isPresent()) {
                findings.add("build", "npm run " + script, PackageJson.FILE);
                return Optional.of("npm run " + script);
            }
        }
        if (framework != null && usesFramework(serving)) {
            findings.add("build", framework.build(), PackageJson.FILE);
            return Optional.of(framework.build());
        }
        return Optional.empty();
    }

    /** Create React App takes each warning for an error when it believes to be in CI. */
    Map<String, String> environment() {
        boolean strict = json != null && json.dependsOn("react-scripts");
        return strict ? Map.of("CI", "false") : Map.of();
    }

    private boolean usesFramework(Serving serving) {
        return switch (serving) {
            case Serving.Process process ->
                    framework != null && process.command().equals(framework.start());
            case Serving.Files files ->
                    framework != null
                            && files.folders().containsAll(framework.output())
                            && settings.get("output").isEmpty();
        };
    }

    private Optional<Serving> settled() {
        String type = settings.get("type").map(Settings.Setting::value).orElse("");
        Optional<Settings.Setting> start = settings.get("start").filter(s -> !s.value().isEmpty());
        if (start.isPresent() && !type.equals("static")) {
            return Optional.of(process(follow(start.get().value()), start.get().from()));
        }
        Optional<Settings.Setting> output = settings.get("output");
        if (output.isPresent() && !type.equals("node")) {
            String folder = output.get().value().replaceAll("^\\./|/+$|^\\.$", "");
            return Optional.of(files(List.of(folder), output.get().from()));
        }
        if (type.equals("static")) {
            List<String> own = framework == null ? List.of() : framework.output();
            List<String> all = Stream.concat(own.stream(), PAGE_FOLDERS.stream()).toList();
            return Optional.of(files(all, settings.get("type").orElseThrow().from()));
        }
        return Optional.empty();
    }

    private Optional<Serving> procfile() {
        var processes = new StartFiles(tree).procfile();
        processes.keySet().stream()
                .filter(name -> !name.equals("web") && !name.equals("release"))
                .forEach(
                        name ->
                                findings.warn(
                                        Note.of(Notes.SETTINGS_KEY_UNUSED, "key", name),
                                        "Procfile"));
        return Optional.ofNullable(processes.get("web"))
                .map(command -> process(follow(command), "Procfile"));
    }

    private Optional<Serving> pm2File() {
        var files = new StartFiles(tree);
        Optional<String> file = files.pm2File();
        Optional<String> command = file.flatMap(files::pm2Command);
        if (file.isPresent()) {
            String code = command.isPresent() ? Notes.DETECT_PM2_FILE : Notes.DETECT_FILE_UNUSED;
            findings.warn(Note.of(code, "file", file.get()), file.get());
        }
        return command.map(text -> process(follow(text), file.get()));
    }

    private Optional<Serving> node(PackageJson content) {
        return new NodeServing(content, framework, tree, findings).detect(START_SCRIPTS);
    }

    private Optional<Serving> startFile() {
        Optional<String> plain = START_FILES.stream().filter(tree::hasFile).findFirst();
        Optional<String> main = json == null ? Optional.empty() : json.text("main");
        return plain.or(
                        () ->
                                Stream.concat(
                                                main.stream().map(m -> m.replaceFirst("^\\./", "")),
                                                PERHAPS_START_FILES.stream())
                                        .filter(this::listens)
                                        .findFirst())
                .filter(file -> json != null || !tree.hasFile("index.html"))
                .map(file -> process("node " + file, file));
    }

    private boolean listens(String file) {
        return !file.startsWith("..") && tree.beginning(file).matches(LISTENS);
    }

    private Optional<Serving> pages() {
        boolean built =
                json != null
                        && json.script("build").isPresent()
                        && Stream.of("index.html", "src/index.html", "public/index.html")
                                .anyMatch(tree::hasFile);
        if (built) {
            return Optional.of(files(OUTPUT_FOLDERS, PackageJson.FILE));
        }
        for (String folder : PAGE_FOLDERS) {
            String page = folder.isEmpty() ? "index.html" : folder + "/index.html";
            if (tree.hasFile(page)) {
                if (folder.isEmpty()) {
                    findings.warn(Note.of(Notes.DETECT_PUBLISHES_REPOSITORY), page);
                }
                return Optional.of(files(List.of(folder), page));
            }
        }
        return Optional.empty();
    }

    private String follow(String command) {
        return json == null ? command : new Scripts(json).follow(command);
    }

    private Serving process(String command, String from) {
        findings.add("type", framework == null ? "Node.js" : framework.name(), from);
        findings.add("start", command, from);
        return new Serving.Process(command);
    }

    private Serving files(List<String> folders, String from) {
        findings.add("type", "static", from);
        findings.add("output", folders.getFirst().isEmpty() ? "." : folders.getFirst(), from);
        return new Serving.Files(folders);
    }

    private static BuildFailed notSupported(OtherKinds other) {
        return new BuildFailed(
                Note.of(Notes.DETECT_NOT_SUPPORTED, "kind", other.kind(), "file", other.file()),
                List.of());
    }
}
