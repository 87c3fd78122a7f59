package dev.escale.agent.build.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.escale.agent.release.BuildFailed;
import dev.escale.protocol.Finding;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Overrides;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One test for each kind of app met in the wild. */
class ProjectDetectorTest {
    private Overrides overrides = Overrides.NONE;

    @Nested
    class Starting {
        @Test
        void usesTheStartScript() throws BuildFailed {
            Project project = scripts("\"start\": \"node server.js\"");

            assertThat(project.serving()).isEqualTo(new Serving.Process("node server.js"));
            assertThat(project.build()).isNull();
            assertThat(project.install().packages()).isNull();
            assertThat(project.findings())
                    .contains(
                            Finding.of("type", "Node.js", "package.json"),
                            Finding.of("start", "node server.js", "package.json"),
                            Finding.of("node", "20.20.2", "default"));
        }

        @Test
        void prefersTheProductionScript() throws BuildFailed {
            assertThat(
                            scripts(
                                            "\"start\": \"nest start\", \"start:prod\": \"node"
                                                    + " dist/main\", \"build\": \"nest build\"")
                                    .serving())
                    .isEqualTo(new Serving.Process("node dist/main"));
        }

        @Test
        void followsScriptsThatOnlyCallOthers() throws BuildFailed {
            assertThat(
                            scripts("\"start\": \"npm run serve:it\", \"serve:it\": \"node x.js\"")
                                    .serving())
                    .isEqualTo(new Serving.Process("node x.js"));
        }

        @Test
        void leavesAScriptWithCompanionsToNpm() throws BuildFailed {
            assertThat(
                            scripts("\"start\": \"node x.js\", \"prestart\": \"node prepare.js\"")
                                    .serving())
                    .isEqualTo(new Serving.Process("npm run start"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"server.js", "app.js"})
        void takesAWellKnownFileWithoutAnyScript(String file) throws BuildFailed {
            assertThat(detect(Files.of("package.json", "{}", file, "")).serving())
                    .isEqualTo(new Serving.Process("node " + file));
            assertThat(detect(Files.of(file, "")).serving())
                    .isEqualTo(new Serving.Process("node " + file));
        }

        @Test
        void takesIndexAndMainOnlyWhenTheyListen() throws BuildFailed {
            var json = "{\"main\": \"./lib/main.js\"}";

            assertThat(
                            detect(Files.of("package.json", json, "lib/main.js", "app.listen(1)"))
                                    .serving())
                    .isEqualTo(new Serving.Process("node lib/main.js"));
            assertThat(
                            refusal(
                                    Files.of(
                                            "package.json",
                                            json,
                                            "lib/main.js",
                                            "exports.sum = 1",
                                            "index.js",
                                            "module.exports = 1")))
                    .isEqualTo(Note.of(Notes.DETECT_NOTHING_TO_START, "folder", "/"));
        }

        @Test
        void readsAProcfile() throws BuildFailed {
            Project project =
                    detect(
                            Files.of(
                                    "package.json",
                                    "{\"scripts\": {\"start\": \"vite\"}}",
                                    "Procfile",
                                    """
                                    web: node api.js --quiet
                                    release: node migrate.js
                                    worker: node worker.js
                                    """));

            assertThat(project.serving()).isEqualTo(new Serving.Process("node api.js --quiet"));
            assertThat(project.release()).isEqualTo("node migrate.js");
            assertThat(warnings(project)).containsExactly(Notes.SETTINGS_KEY_UNUSED);
        }

        @Test
        void takesScriptAndArgumentsOfAPm2FileAndNothingElse() throws BuildFailed {
            Project project =
                    detect(
                            Files.of(
                                    "package.json",
                                    "{\"scripts\": {\"start\": \"pm2 start ecosystem.config.js\"}}",
                                    "ecosystem.config.js",
                                    """
                                    module.exports = { apps: [{ name: 'shop', script: './srv/main.js',
                                      args: '--port 80', instances: 'max', exec_mode: 'cluster' },
                                      { name: 'other', script: 'other.js', args: 'x' }] };
                                    """));

            assertThat(project.serving())
                    .isEqualTo(new Serving.Process("node srv/main.js --port 80"));
            assertThat(warnings(project)).containsExactly(Notes.DETECT_PM2_FILE);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "nodemon server.js|node server.js",
                    "nodemon --watch src src/app.ts|tsx src/app.ts",
                    "node --watch server.js|node server.js",
                    "tsx watch src/main.ts|tsx src/main.ts"
                })
        void startsWithoutWatching(String script, String expected) throws BuildFailed {
            assertThat(scripts("\"start\": \"" + script + "\"").serving())
                    .isEqualTo(new Serving.Process(expected));
            assertThat(scripts("\"dev\": \"" + script + "\"").serving())
                    .isEqualTo(new Serving.Process(expected));
        }

        @Test
        void usesTheOnlyScriptThereIsWhenItServes() throws BuildFailed {
            assertThat(scripts("\"dev\": \"node app.js\"").serving())
                    .isEqualTo(new Serving.Process("node app.js"));
        }

        @Test
        void tellsALibraryThatThereIsNothingToStart() {
            assertThat(
                            refusal(
                                    Files.of(
                                            "package.json",
                                            "{\"main\": \"dist/index.js\", \"scripts\": {\"build\":"
                                                    + " \"tsc\", \"test\": \"jest\"}}",
                                            "src/index.ts",
                                            "export const a = 1;")))
                    .isEqualTo(Note.of(Notes.DETECT_NOTHING_TO_START, "folder", "/"));
        }
    }

    @Nested
    class Frameworks {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "vite|vite|dist",
                    "@11ty/eleventy|eleventy --serve|_site",
                    "react-scripts|react-scripts start|build",
                    "gatsby|gatsby develop|public",
                    "@angular/core|ng serve|dist",
                    "@docusaurus/core|docusaurus start|build",
                    "astro|astro dev|dist",
                    "@vue/cli-service|vue-cli-service serve|dist",
                    "@sveltejs/adapter-static|vite dev|build"
                })
        void buildFilesWhereStartIsTheDevelopmentServer(String name, String start, String output)
                throws BuildFailed {
            Project project =
                    detect(
                            json(
                                    "\"scripts\": {\"start\": \"%s\", \"build\": \"x\"},"
                                                    .formatted(start)
                                            + " \"devDependencies\": {\"%s\": \"1\"}"
                                                    .formatted(name)));

            assertThat(project.serving()).isEqualTo(new Serving.Files(List.of(output)));
            assertThat(command(project)).isEqualTo("npm run build");
            assertThat(warnings(project)).contains(Notes.DETECT_DEVELOPMENT_SERVER);
        }

        @Test
        void areBuiltByTheirOwnCommandWithoutABuildScript() throws BuildFailed {
            Project project =
                    detect(
                            json(
                                    "\"scripts\": {\"dev\": \"vite\"}, \"devDependencies\":"
                                            + " {\"vite\": \"5\"}"));

            assertThat(command(project)).isEqualTo("vite build");
            assertThat(project.serving()).isEqualTo(new Serving.Files(List.of("dist")));
        }

        @Test
        void mayPutTheirFilesElsewhere() throws BuildFailed {
            assertThat(
                            detect(
                                            json("\"scripts\": {\"build\": \"vite"
                                                            + " build\"}, \"dependencies\":"
                                                            + " {\"vite\": \"5\"}")
                                                    .and(
                                                            "vite.config.ts",
                                                            "build: { outDir: './web/out' }"))
                                    .serving())
                    .isEqualTo(new Serving.Files(List.of("web/out", "dist")));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "next|next start",
                    "nuxt|node .output/server/index.mjs",
                    "@sveltejs/adapter-node|node build",
                    "@astrojs/node|node dist/server/entry.mjs",
                    "@remix-run/serve|remix-serve build/server/index.js",
                    "@sveltejs/kit|vite preview --host 127.0.0.1 --port $PORT"
                })
        void haveServersOfTheirOwn(String name, String start) throws BuildFailed {
            Project project =
                    detect(
                            json(
                                    "\"scripts\": {\"dev\": \"vite dev\", \"build\": \"x\"},"
                                            + " \"dependencies\": {\"%s\": \"1\", \"vite\": \"5\"}"
                                                    .formatted(name)));

            assertThat(project.serving()).isEqualTo(new Serving.Process(start));
            assertThat(command(project)).isEqualTo("npm run build");
        }

        @Test
        void nextWritesFilesWhenItIsTold() throws BuildFailed {
            assertThat(
                            detect(
                                            json("\"scripts\": {\"start\": \"next"
                                                            + " start\", \"build\": \"next"
                                                            + " build\"}, \"dependencies\":"
                                                            + " {\"next\": \"14\"}")
                                                    .and("next.config.mjs", "output: 'export',"))
                                    .serving())
                    .isEqualTo(new Serving.Files(List.of("out")));
        }

        @Test
        void giveWayToAServerThatBringsThem() throws BuildFailed {
            assertThat(
                            detect(
                                            json(
                                                    "\"scripts\": {\"start\": \"NODE_ENV=production"
                                                        + " node server\"}, \"devDependencies\":"
                                                        + " {\"vite\": \"5\"}"))
                                    .serving())
                    .isEqualTo(new Serving.Process("NODE_ENV=production node server"));
        }

        @Test
        void createReactAppIsNotToldThatItRunsInCi() throws BuildFailed {
            Project.Command build =
                    detect(
                                    json(
                                            "\"scripts\": {\"build\": \"react-scripts build\"},"
                                                    + " \"dependencies\": {\"react-scripts\":"
                                                    + " \"5\"}"))
                            .build();

            assertThat(Objects.requireNonNull(build).environment()).containsEntry("CI", "false");
        }
    }

    @Nested
    class Pages {
        @ParameterizedTest
        @ValueSource(strings = {"public", "dist", "docs", "_site", "build", "out"})
        void lieReadyInAFolder(String folder) throws BuildFailed {
            Project project = detect(Files.of(folder + "/index.html", "", "README.md", ""));

            assertThat(project.serving()).isEqualTo(new Serving.Files(List.of(folder)));
            assertThat(project.build()).isNull();
            assertThat(project.install().packages()).isNull();
        }

        @Test
        void atTheTopPublishTheWholeRepository() throws BuildFailed {
            Project project = detect(Files.of("index.html", "", "docs/index.html", ""));

            assertThat(project.serving()).isEqualTo(new Serving.Files(List.of("")));
            assertThat(warnings(project)).containsExactly(Notes.DETECT_PUBLISHES_REPOSITORY);
        }

        @Test
        void areMadeByABuildScript() throws BuildFailed {
            Project project =
                    detect(
                            Files.of(
                                    "package.json",
                                    "{\"scripts\": {\"build\": \"node build.js\"}}",
                                    "src/index.html",
                                    ""));

            assertThat(command(project)).isEqualTo("npm run build");
            assertThat(project.serving()).isInstanceOf(Serving.Files.class);
        }

        @Test
        void areServedByNginxInPlaceOfAServerForFiles() throws BuildFailed {
            assertThat(scripts("\"start\": \"serve -s web\"").serving())
                    .isEqualTo(
                            new Serving.Files(
                                    List.of("web", "dist", "build", "out", "_site", "public")));
        }
    }

    @Nested
    class InstallingPackages {
        private static final String APP =
                "\"scripts\": {\"start\": \"node x\"}, \"dependencies\": {\"a\": \"1\"}";

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "package-lock.json|{}|npm|npm ci --no-audit --no-fund --prefer-offline",
                    "pnpm-lock.yaml|lockfileVersion: '6.0'|pnpm 8|pnpm install --frozen-lockfile"
                            + " --prefer-offline",
                    "pnpm-lock.yaml|lockfileVersion: '9.0'|pnpm 9|pnpm install --frozen-lockfile"
                            + " --prefer-offline",
                    "yarn.lock|# yarn lockfile v1|yarn 1.22.22|yarn install --frozen-lockfile"
                            + " --non-interactive"
                })
        void goesByTheLockFile(String lock, String content, String name, String command)
                throws BuildFailed {
            Project project = detect(json(APP).and(lock, content));

            assertThat(packages(project).name()).isEqualTo(name);
            assertThat(packages(project).install()).isEqualTo(List.of(command.split(" ")));
            assertThat(project.install().reusable()).isTrue();
            assertThat(project.findings()).contains(Finding.of("packages", name, lock));
        }

        @Test
        void knowsYarnBerryByItsLockFile() throws BuildFailed {
            PackageManager yarn =
                    packages(
                            detect(json(APP).and("yarn.lock", "# x\n\n__metadata:\n  version: 8")));

            assertThat(yarn.tool()).isEqualTo("@yarnpkg/cli-dist@4");
            assertThat(yarn.install()).containsExactly("yarn", "install", "--immutable");
        }

        @Test
        void usesTheYarnThatIsCommitted() throws BuildFailed {
            assertThat(
                            packages(
                                            detect(
                                                    json(APP)
                                                            .and("yarn.lock", "__metadata:")
                                                            .and(
                                                                    ".yarnrc.yml",
                                                                    "yarnPath:"
                                                                        + " .yarn/releases/yarn-4.1.0.cjs\n")
                                                            .and(
                                                                    ".yarn/releases/yarn-4.1.0.cjs",
                                                                    "")))
                                    .install())
                    .startsWith("node", ".yarn/releases/yarn-4.1.0.cjs");
        }

        @Test
        void withoutALockFileSaysSo() throws BuildFailed {
            Project project = detect(json(APP));

            assertThat(packages(project).install()).startsWith("npm", "install");
            assertThat(warnings(project)).containsExactly(Notes.DETECT_NO_LOCK_FILE);
            assertThat(project.install().reusable()).isFalse();
        }

        @Test
        void ofTwoLockFilesTheOneOfThePackageManagerFieldCounts() throws BuildFailed {
            Files both =
                    json(APP + ", \"packageManager\": \"yarn@1.22.19+sha1.ab\"")
                            .and("package-lock.json", "{}")
                            .and("yarn.lock", "");

            Project project = detect(both);

            assertThat(packages(project).tool()).isEqualTo("yarn@1.22.19");
            assertThat(warnings(project)).containsExactly(Notes.DETECT_TWO_LOCK_FILES);
        }

        @Test
        void ofTwoLockFilesNpmsCountsOtherwise() throws BuildFailed {
            Project project = detect(json(APP).and("package-lock.json", "{}").and("yarn.lock", ""));

            assertThat(packages(project).name()).isEqualTo("npm");
            assertThat(warnings(project)).containsExactly(Notes.DETECT_TWO_LOCK_FILES);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"scripts\": {\"start\": \"node x\", \"postinstall\": \"node y\"},"
                            + " \"dependencies\": {\"a\": \"1\"}",
                    "\"scripts\": {\"start\": \"node x\"}, \"dependencies\": {\"a\": \"file:./a\"}",
                    "\"workspaces\": [\"a\"], \"scripts\": {\"start\": \"node x\"},"
                            + " \"dependencies\": {\"a\": \"1\"}"
                })
        void sharesNothingThatDependsOnOtherFiles(String content) throws BuildFailed {
            assertThat(detect(json(content).and("package-lock.json", "{}")).install().reusable())
                    .isFalse();
        }

        private PackageManager packages(Project project) {
            return Objects.requireNonNull(project.install().packages());
        }
    }

    @Nested
    class Monorepos {
        private static final String SERVER = "{\"scripts\": {\"start\": \"node s.js\"}}";

        @Test
        void withOneAppNeedNoChoice() throws BuildFailed {
            Project project =
                    detect(
                            Files.of(
                                    "package.json",
                                    "{\"workspaces\": [\"packages/*\"], \"scripts\": {\"start\":"
                                            + " \"turbo run start\", \"build\": \"turbo build\"},"
                                            + " \"devDependencies\": {\"turbo\": \"2\"}}",
                                    "package-lock.json",
                                    "{}",
                                    "packages/api/package.json",
                                    "{\"scripts\": {\"start\": \"node s.js\", \"build\": \"tsc\"}}",
                                    "packages/lib/package.json",
                                    "{\"main\": \"x.js\"}"));

            assertThat(project.root()).isEqualTo("packages/api");
            assertThat(project.install().folder()).isEmpty();
            assertThat(project.build())
                    .isEqualTo(new Project.Command("npm run build", "", java.util.Map.of()));
            assertThat(project.findings())
                    .contains(
                            Finding.of("root", "packages/api", "packages/api/package.json"),
                            Finding.of("start", "node s.js", "packages/api/package.json"));
        }

        @Test
        void withSeveralAppsNameThem() {
            assertThat(
                            refusal(
                                    Files.of(
                                            "back/package.json",
                                            SERVER,
                                            "front/package.json",
                                            SERVER,
                                            "README.md",
                                            "")))
                    .isEqualTo(Note.of(Notes.DETECT_SEVERAL_APPS, "folders", "back, front"));
        }

        @Test
        void areEnteredAtTheFolderThatWasChosen() throws BuildFailed {
            overrides = new Overrides(null, "./front/", null, null, null, null, null, null);

            Project project =
                    detect(Files.of("back/package.json", SERVER, "front/package.json", SERVER));

            assertThat(project.root()).isEqualTo("front");
            assertThat(project.findings()).contains(Finding.of("root", "front", "settings"));
        }

        @Test
        void lackTheFolderThatWasChosen() {
            overrides = new Overrides(null, "web", null, null, null, null, null, null);

            assertThat(refusal(Files.of("package.json", SERVER)))
                    .isEqualTo(Note.of(Notes.DETECT_ROOT_MISSING, "root", "web"));
        }
    }

    @Nested
    class OtherProjects {
        @ParameterizedTest
        @CsvSource({
            "pom.xml,Java (Maven)",
            "build.gradle,Java (Gradle)",
            "requirements.txt,Python",
            "go.mod,Go",
            "composer.json,PHP",
            "Dockerfile,Docker",
            "compose.yaml,Docker Compose"
        })
        void areRecognisedAndRefused(String file, String kind) {
            assertThat(refusal(Files.of(file, "")))
                    .isEqualTo(Note.of(Notes.DETECT_NOT_SUPPORTED, "kind", kind, "file", file));
        }

        @Test
        void namesMavenWhereGradleIsToo() {
            assertThat(refusal(Files.of("pom.xml", "", "build.gradle", "")).facts())
                    .containsEntry("file", "pom.xml");
        }

        @Test
        void areNotMistakenForTheirFrontEnd() {
            assertThat(
                            refusal(
                                            json("\"scripts\": {\"build\": \"vite"
                                                            + " build\"}, \"dependencies\":"
                                                            + " {\"vite\": \"5\"}")
                                                    .and("composer.json", "{}"))
                                    .code())
                    .isEqualTo(Notes.DETECT_NOT_SUPPORTED);
        }

        @Test
        void aDockerfileBesideANodeAppIsNotUsed() throws BuildFailed {
            Project project =
                    detect(json("\"scripts\": {\"start\": \"node x\"}").and("Dockerfile", ""));

            assertThat(project.serving()).isEqualTo(new Serving.Process("node x"));
            assertThat(warnings(project)).containsExactly(Notes.DETECT_FILE_UNUSED);
        }
    }

    @Nested
    class NodeVersions {
        @ParameterizedTest
        @CsvSource({
            ".nvmrc,22,true",
            ".nvmrc,v20,false",
            ".nvmrc,lts/*,false",
            ".node-version,18.17.0,true"
        })
        void areComparedAndNeverRefused(String file, String wanted, boolean warned)
                throws BuildFailed {
            Project project =
                    detect(json("\"scripts\": {\"start\": \"node x\"}").and(file, wanted + "\n"));

            assertThat(warnings(project))
                    .isEqualTo(warned ? List.of(Notes.DETECT_NODE_OTHER) : List.of());
            assertThat(project.findings()).contains(Finding.of("node", "20.20.2", file));
        }

        @Test
        void oneMustBeThere() {
            BuildFailed failure =
                    catchThrowableOfType(
                            BuildFailed.class,
                            () ->
                                    new ProjectDetector(
                                                    json("\"scripts\": {\"start\": \"node x\"}"),
                                                    overrides,
                                                    null,
                                                    Set.of())
                                            .detect());

            assertThat(failure.reason().code()).isEqualTo(Notes.DETECT_NODE_MISSING);
        }
    }

    @Nested
    class Settled {
        @Test
        void escaleYamlWinsOverDetectionAndThePageOverBoth() throws BuildFailed {
            overrides = new Overrides(null, null, null, "node page.js", null, null, "/ok", null);

            Project project =
                    detect(
                            json("\"scripts\": {\"start\": \"node x\", \"build\": \"b\"}")
                                    .and(
                                            "escale.yaml",
                                            """
                                            start: node yaml.js
                                            build: make all
                                            port: 8080
                                            health: {path: /up, timeout: 2m}
                                            release: node migrate.js
                                            shared: [uploads, data/files]
                                            env: [PATH, DATABASE_URL]
                                            workers: {}
                                            """));

            assertThat(project.serving()).isEqualTo(new Serving.Process("node page.js"));
            assertThat(command(project)).isEqualTo("make all");
            assertThat(project.health())
                    .isEqualTo(new Project.Health(8080, "/ok", Duration.ofMinutes(2)));
            assertThat(project.shared()).containsExactly("uploads", "data/files");
            assertThat(project.release()).isEqualTo("node migrate.js");
            assertThat(warnings(project))
                    .containsExactly(Notes.SETTINGS_KEY_UNUSED, Notes.DETECT_ENV_MISSING);
            assertThat(project.findings())
                    .contains(
                            Finding.of("start", "node page.js", "settings"),
                            Finding.of("build", "make all", "escale.yaml"));
        }

        @Test
        void anOutputFolderMakesASite() throws BuildFailed {
            overrides = new Overrides(null, null, "", null, "./web/", null, null, null);

            Project project =
                    detect(json("\"scripts\": {\"start\": \"node x\", \"build\": \"b\"}"));

            assertThat(project.serving()).isEqualTo(new Serving.Files(List.of("web")));
            assertThat(project.build()).isNull();
        }

        @Test
        void tellsAllFaultsAtOnceAndTheNearestKey() {
            BuildFailed failure =
                    failure(
                            Files.of(
                                    "escale.yaml",
                                    "bild: x\nport: 99999\nshared: [../out]\ntype: cobol\n"));

            assertThat(failure.reason())
                    .isEqualTo(
                            Note.of(
                                    Notes.SETTINGS_UNKNOWN_KEY,
                                    "file",
                                    "escale.yaml",
                                    "key",
                                    "bild",
                                    "nearest",
                                    "build"));
            assertThat(failure.evidence()).hasSize(4);
        }

        @Test
        void saysWhereTheYamlIsBroken() {
            Note reason = refusal(Files.of("escale.yaml", "start: x\nbuild: [y\n"));

            assertThat(reason.code()).isEqualTo(Notes.SETTINGS_UNREADABLE);
            assertThat(reason.facts()).containsEntry("line", "3");
        }

        @ParameterizedTest
        @ValueSource(strings = {"../x", "/etc", "a/../../b"})
        void keepsTheRootInside(String root) {
            overrides = new Overrides(null, root, null, null, null, null, null, null);

            assertThat(refusal(Files.of("index.html", "")).code())
                    .isEqualTo(Notes.SETTINGS_WRONG_VALUE);
        }

        @Test
        void aHealthPathHoldsNothingThatNginxOrAShellWouldRead() {
            overrides = new Overrides(null, null, null, null, null, null, "/up\" ; x", null);

            assertThat(refusal(Files.of("index.html", "")).code())
                    .isEqualTo(Notes.SETTINGS_WRONG_VALUE);
        }
    }

    @Test
    void warnsOfACommittedEnvironment() throws BuildFailed {
        assertThat(
                        warnings(
                                detect(
                                        json("\"scripts\": {\"start\": \"node x\"}")
                                                .and(".env", "KEY=1"))))
                .containsExactly(Notes.DETECT_ENV_COMMITTED);
    }

    @Test
    void namesAPackageFileThatDoesNotParse() {
        assertThat(refusal(Files.of("package.json", "{\"scripts\": ")).code())
                .isEqualTo(Notes.DETECT_UNREADABLE);
        assertThat(refusal(Files.of("package.json", "[1]")).code())
                .isEqualTo(Notes.DETECT_UNREADABLE);
    }

    private Project detect(FileTree tree) throws BuildFailed {
        return new ProjectDetector(tree, overrides, "20.20.2", Set.of("PATH")).detect();
    }

    private Project scripts(String scripts) throws BuildFailed {
        return detect(json("\"scripts\": {" + scripts + "}"));
    }

    private static Files json(String content) {
        return Files.of("package.json", "{" + content + "}");
    }

    private Note refusal(FileTree tree) {
        return failure(tree).reason();
    }

    private BuildFailed failure(FileTree tree) {
        return catchThrowableOfType(BuildFailed.class, () -> detect(tree));
    }

    private static String command(Project project) {
        Project.Command build = project.build();
        return build == null ? "" : build.text();
    }

    private static List<String> warnings(Project project) {
        return project.findings().stream()
                .filter(finding -> finding.what().equals("warning"))
                .map(Finding::value)
                .toList();
    }
}
