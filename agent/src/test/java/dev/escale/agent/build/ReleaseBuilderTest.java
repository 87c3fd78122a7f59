package dev.escale.agent.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostResult;
import dev.escale.agent.release.BuildFailed;
import dev.escale.agent.release.ReleasePlan;
import dev.escale.agent.release.Served;
import dev.escale.agent.secret.Masker;
import dev.escale.protocol.EnvValue;
import dev.escale.protocol.Finding;
import dev.escale.protocol.Limits;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.OutputLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real git, npm, users and control groups. */
@Tag("slow")
class ReleaseBuilderTest {
    private Bench bench;

    @BeforeEach
    void open() throws Exception {
        bench = new Bench();
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    @Test
    void anAppWithoutPackagesNeedsNeitherInstallNorBuild() throws Exception {
        ReleasePlan plan = bench.holding("hello").build(1);

        assertThat(plan.kind()).isEqualTo(ReleasePlan.Kind.NODE);
        assertThat(plan.start()).containsExactly(plan.nodeExecutable(), "server.js");
        assertThat(plan.directory()).isEqualTo(bench.folder.release(1));
        assertThat(plan.commit()).hasSize(40);
        assertThat(bench.recorder.steps)
                .containsExactly("FETCH WORKING", "FETCH DONE", "DETECT WORKING", "DETECT DONE");
        assertThat(bench.recorder.subject).isEqualTo("What is new");
        assertThat(bench.folder.release(1).resolve(".git")).doesNotExist();
    }

    @Test
    void tellsWhatTheReleaseThatServesHasWritten() throws Exception {
        bench.holding("hello").build(1);
        Files.writeString(bench.folder.releases().resolve("1.json"), "{}");
        Path written = Files.writeString(bench.folder.release(1).resolve("visits.json"), "1");
        Files.setLastModifiedTime(written, FileTime.from(Instant.now().plusSeconds(1)));
        bench.served = new Served(bench.shell, null, bench.folder, 1, bench.folder.release(1));

        bench.recorder.findings.clear();
        bench.build(2);

        assertThat(bench.recorder.findings)
                .extracting(Finding::note)
                .contains(
                        Note.of(
                                Notes.FILES_LEFT_BEHIND,
                                "release",
                                "1",
                                "count",
                                "1",
                                "files",
                                "visits.json"));
    }

    @Test
    void servesPlainFilesFromWhereTheyLie() throws Exception {
        ReleasePlan plan = bench.holding("static").build(1);

        assertThat(plan.kind()).isEqualTo(ReleasePlan.Kind.STATIC);
        assertThat(plan.documentRoot()).isEqualTo(bench.folder.release(1));
        assertThat(plan.start()).isEmpty();
    }

    @Test
    void buildsASiteAndFindsItsFolder() throws Exception {
        bench.env =
                Map.of(
                        "VITE_GREETING", new EnvValue("Bonjour", false),
                        "VITE_SECRET", new EnvValue("buried treasure", true));
        bench.holding("vite-like")
                .write(
                        "package.json",
                        """
                        {"scripts": {"build": "node build.js && node -p 'process.env.VITE_SECRET'"}}
                        """);

        ReleasePlan plan = bench.build(1);

        assertThat(plan.documentRoot()).isEqualTo(bench.folder.release(1).resolve("dist"));
        assertThat(bench.folder.release(1).resolve("dist/index.html"))
                .content()
                .contains("Bonjour");
        assertThat(bench.recorder.lines).contains("build: undefined");
    }

    @Test
    void installsPackagesOnceAndSharesThemWhileTheLockFileStays() throws Exception {
        bench.holding("express").build(1);
        bench.write("server.js", "require('express'); // changed\n");

        ReleasePlan plan = bench.build(2);

        assertThat(bench.recorder.notes).extracting(Note::code).containsExactly("install.reused");
        assertThat(plan.healthPath()).isEqualTo("/up");
        assertThat(plan.healthTimeout()).isEqualTo(Duration.ofSeconds(30));
        Path first = bench.folder.release(1).resolve("node_modules/express/index.js");
        Path second = bench.folder.release(2).resolve("node_modules/express/index.js");
        assertThat(Files.isSameFile(first, second)).isTrue();
        assertThat(writableByOthers(bench.folder.release(1))).isEmpty();
        assertThat(writableByOthers(bench.folder.release(2))).isEmpty();
        bench.run(HostCommand.of("node", "-e", "require('express')").in(plan.directory()));
    }

    @Test
    void aBuildThatWritesIntoSharedPackagesGetsItsOwnAndLeavesEarlierReleasesAlone()
            throws Exception {
        bench.holding("express")
                .write(
                        "patch.js",
                        "require('fs').appendFileSync('node_modules/express/index.js', '//x')")
                .write("package.json", withBuild("node patch.js"));

        bench.build(1);
        bench.build(2);

        assertThat(bench.recorder.notes)
                .extracting(Note::code)
                .containsExactly("install.repeated", "install.reused");
        for (long release : List.of(1L, 2L)) {
            assertThat(bench.folder.release(release).resolve("node_modules/express/index.js"))
                    .content()
                    .endsWith("//x")
                    .doesNotContain("//x//x");
        }
    }

    @Test
    void aBuildCannotReachTheStoreOtherReleasesOrTheMirror() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(bench.user != null, "needs root");
        bench.holding("express").build(1);
        bench.write(
                        "reach.sh",
                        """
                        id -un
                        ls ../../dependencies && exit 1
                        touch ../1/server.js && exit 1
                        cat ../../mirror.git/HEAD && exit 1
                        ls ../../cache >/dev/null || exit 1
                        exit 0
                        """)
                .write("package.json", withBuild("sh reach.sh"));

        bench.build(2);

        assertThat(bench.recorder.lines).contains("build: " + bench.user.name());
    }

    @Test
    void aSubFolderThatBecameALinkLeadsRootNowhere() throws Exception {
        Path victim = Files.createDirectories(bench.root.resolve("victim/node_modules"));
        Files.writeString(victim.resolve("kept"), "x");
        bench.run(HostCommand.of("cp", "-a", Bench.example("express") + "/.", web()));
        bench.write("escale.yaml", "root: web\n")
                .write(
                        "web/swap.sh",
                        """
                        cd .. && mv web aside && ln -s %s web
                        echo 'EACCES: permission denied'; exit 1
                        """
                                .formatted(victim.getParent()))
                .write("web/package.json", withBuild("sh swap.sh"));

        BuildFailed failure = catchThrowableOfType(BuildFailed.class, () -> bench.build(1));

        assertThat(failure.reason().code()).isEqualTo("source.symlinkEscapes");
        assertThat(victim.resolve("kept")).exists();
        assertThat(victim.getParent()).isDirectoryNotContaining("glob:**/express");
    }

    @Test
    void packagesThatAreALinkToElsewhereAreNotKept() throws Exception {
        Path victim = Files.createDirectories(bench.root.resolve("victim/.cache"));
        Files.writeString(victim.resolve("kept"), "x");
        Path release = Files.createDirectory(bench.folder.release(1));
        Files.createSymbolicLink(release.resolve("node_modules"), victim.getParent());
        var workshop =
                new Workshop(
                        bench.shell,
                        bench.user,
                        null,
                        new BuildOutput(bench.recorder, new Masker(List.of())),
                        Limits.DEFAULT);
        var dependencies = new Dependencies(bench.folder.root(), workshop);

        dependencies.keep("key", release);

        assertThat(victim.resolve("kept")).exists();
        assertThat(dependencies.holds("key")).isFalse();
    }

    @Test
    @org.junit.jupiter.api.Timeout(60)
    void aPipeThatABuildLeavesInPlaceOfAProgramHoldsNobodyUp() throws Exception {
        bench.write("server.js", "")
                .write(
                        "package.json",
                        """
                        {"scripts": {"start": "greet", "build": "mkdir -p node_modules/.bin && mkfifo -m 755 node_modules/.bin/greet"}}
                        """);

        ReleasePlan plan = bench.build(1);

        assertThat(plan.start().getFirst()).endsWith("node_modules/.bin/greet");
    }

    @Test
    void aMessageOfACommitIsCut() throws Exception {
        bench.holding("static").commit();
        bench.git("commit", "--quiet", "--allow-empty", "--message=" + "x".repeat(100_000));

        bench.build(1, bench.source("main", null));

        assertThat(bench.recorder.subject).hasSize(500).endsWith("…");
    }

    @Test
    void aFailingBuildIsToldInItsOwnWordsWithoutSecrets() throws Exception {
        bench.env = Map.of("KEY", new EnvValue("s3cr3t-value", true));
        bench.write("server.js", "")
                .write(
                        "package.json",
                        """
                        {"scripts": {"build": "echo no such harbour s3cr3t-value >&2; exit 3"}}
                        """);

        BuildFailed failure = failure();

        assertThat(failure.reason())
                .isEqualTo(
                        Note.of(
                                Notes.BUILD_COMMAND_FAILED,
                                "command",
                                "npm run build",
                                "code",
                                "3"));
        assertThat(failure.evidence())
                .extracting(OutputLine::text)
                .contains("no such harbour •••")
                .noneMatch(line -> line.contains("s3cr3t"));
        assertThat(bench.recorder.steps).endsWith("BUILD WORKING", "BUILD FAILED");
    }

    @Test
    void aFullDiskIsNamedWhateverToolMeetsIt() throws Exception {
        bench.write("server.js", "")
                .write(
                        "package.json",
                        """
                        {"scripts": {"build": "cat package.json > /dev/full"}}
                        """);

        assertThat(failure().reason().code()).isEqualTo(Notes.DISK_FULL);
    }

    @Test
    void cutsLongLinesAndRepairsWhatIsNotUtf8() throws Exception {
        bench.write("server.js", "")
                .write(
                        "long.js",
                        "process.stdout.write(Buffer.from([0x61, 0xff, 0x62, 10]));"
                                + "console.log('x'.repeat(9000));")
                .write(
                        "package.json",
                        """
                        {"scripts": {"build": "node long.js"}}
                        """);

        bench.build(1);

        assertThat(bench.recorder.lines).contains("build: a\uFFFDb");
        assertThat(bench.recorder.lines).allMatch(line -> line.length() <= 4096 + 7);
    }

    @Test
    void aHangingBuildIsKilledWithAllThatItStarted() throws Exception {
        bench.limits = new Limits(2, 2048, 4 << 20, 2048, 60, 5);

        BuildFailed failure = failureOf("misbehaving/hangs");

        assertThat(failure.reason().code()).isEqualTo(Notes.BUILD_TIMED_OUT);
        assertThat(running("sleep 3600")).isEmpty();
    }

    @Test
    void aChildThatBecameADaemonDoesNotOutliveItsCommand() throws Exception {
        assumeTrue(bench.user != null, "needs root");
        String daemon =
                """
                const {spawn} = require('child_process');
                // twice detached: a session of its own, and a parent that is gone
                const again = "require('child_process').spawn('sleep', ['617'],"
                    + " {detached: true, stdio: 'ignore'}).unref()";
                spawn(process.execPath, ['-e', again], {detached: true, stdio: 'ignore'}).unref();
                setTimeout(() => {}, 500);
                """;
        bench.holding("vite-like")
                .write("daemon.js", daemon)
                .write(
                        "package.json",
                        """
                        {"scripts": {"build": "node daemon.js && node build.js && pgrep -u $(id -u) sleep"}}
                        """);

        bench.build(1);

        assertThat(bench.recorder.lines).anyMatch(line -> line.matches("build: [0-9]+"));
        HostResult left =
                bench.shell.run(HostCommand.of("ps", "-u", bench.user.name(), "-o", "stat="));
        assertThat(left.out().lines()).allMatch(state -> state.startsWith("Z"));
    }

    @Test
    void aCancelledBuildLeavesNothingRunning() throws Exception {
        var began = new CountDownLatch(1);
        bench.holding("misbehaving/hangs").commit();
        var thread =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    began.countDown();
                                    catchThrowableOfType(
                                            InterruptedException.class, () -> bench.build(1));
                                });
        began.await();
        while (running("sleep 3600").isEmpty()) {
            Thread.onSpinWait();
        }

        thread.interrupt();
        thread.join();

        assertThat(running("sleep 3600")).isEmpty();
        assertThat(bench.recorder.steps).endsWith("BUILD STOPPED");
    }

    @Test
    void aBuildThatEatsAllMemoryIsNamedForIt() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                new dev.escale.agent.host.ControlGroups().version()
                        != dev.escale.agent.host.ControlGroups.Version.NONE,
                "needs control groups");
        bench.limits = new Limits(60, 300, 4 << 20, 2048, 120, 5);

        BuildFailed failure = failureOf("misbehaving/memory-hog");

        assertThat(failure.reason())
                .isEqualTo(
                        Note.of(
                                Notes.BUILD_OUT_OF_MEMORY,
                                "command",
                                "npm run build",
                                "megabytes",
                                "300"));
    }

    @Test
    void passesOnAllOutputForTheReporterToBound() throws Exception {
        bench.holding("misbehaving/prints-50mb").build(1);

        assertThat(bench.recorder.bytes).isGreaterThan(50_000_000);
    }

    @Test
    void anOutdatedLockFileIsNamed() throws Exception {
        bench.holding("express")
                .write(
                        "package.json",
                        """
                        {"scripts": {"start": "node server.js"}, "dependencies": {"express": "3.0.0"}}
                        """);

        assertThat(failure().reason().code()).isEqualTo(Notes.BUILD_LOCK_OUTDATED);
    }

    @Test
    void aBuildWithoutAPageSaysWhereItLooked() throws Exception {
        bench.overrides =
                new dev.escale.protocol.Overrides(
                        "static", null, null, null, null, null, null, null);

        assertThat(failureOf("misbehaving/nothing-to-start").reason().code())
                .isEqualTo(Notes.BUILD_OUTPUT_MISSING);
    }

    @Test
    void aSiteMayNotLinkOutOfItsRelease() throws Exception {
        bench.write("index.html", "")
                .write(
                        "package.json",
                        """
                        {"scripts": {"build": "mkdir dist; touch dist/index.html; ln -s /etc dist/etc"}}
                        """);

        assertThat(failure().reason())
                .isEqualTo(
                        Note.of(
                                Notes.SOURCE_SYMLINK_ESCAPES,
                                "path",
                                "dist/etc",
                                "target",
                                "/etc"));
    }

    @Test
    void aLibraryIsToldWhatItLacks() throws Exception {
        assertThat(failureOf("misbehaving/nothing-to-start").reason().code())
                .isEqualTo(Notes.DETECT_NOTHING_TO_START);
        assertThat(bench.recorder.steps).endsWith("DETECT FAILED");
    }

    @Test
    void worksWithoutUsersOfItsOwnAndSaysSo() throws Exception {
        bench.confined = false;
        bench.holding("express").build(1);
        bench.build(2);

        assertThat(bench.recorder.findings.stream().map(Finding::value))
                .contains(Notes.BUILD_UNCONFINED);
        assertThat(bench.recorder.notes).extracting(Note::code).containsExactly("install.reused");
        assertThat(bench.folder.release(2).resolve("node_modules/express/index.js"))
                .satisfies(file -> assertThat(Files.getPosixFilePermissions(file)).hasSize(3));
    }

    @Test
    void refusesALinkThatLeavesTheRepository() throws Exception {
        bench.holding("misbehaving/symlink-escape");
        bench.run(HostCommand.of("./make.sh").in(bench.repository));

        assertThat(failure().reason())
                .isEqualTo(
                        Note.of(
                                Notes.SOURCE_SYMLINK_ESCAPES,
                                "path",
                                "passwords",
                                "target",
                                "../../../../etc/passwd"));
        assertThat(bench.recorder.steps).endsWith("FETCH FAILED");
    }

    private BuildFailed failureOf(String example) throws InterruptedException {
        bench.holding(example);
        return failure();
    }

    private BuildFailed failure() {
        return catchThrowableOfType(BuildFailed.class, () -> bench.build(1));
    }

    private static String withBuild(String build) {
        return """
        {"name": "express-example", "version": "1.0.0", "engines": {"node": ">=18"},
         "scripts": {"start": "node server.js", "build": "%s"}, "dependencies": {"express": "4.21.2"}}
        """
                .formatted(build);
    }

    private static List<String> running(String commandLine) {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.endsWith(commandLine))
                .toList();
    }

    private static List<Path> writableByOthers(Path release) throws IOException {
        try (Stream<Path> files = Files.walk(release)) {
            return files.filter(file -> !Files.isSymbolicLink(file))
                    .filter(ReleaseBuilderTest::isWritableByOthers)
                    .toList();
        }
    }

    private String web() throws IOException {
        return Files.createDirectory(bench.repository.resolve("web")).toString();
    }

    private static boolean isWritableByOthers(Path file) {
        try {
            int mode = (Integer) Files.getAttribute(file, "unix:mode");
            boolean ours = Files.getOwner(file).getName().equals(System.getProperty("user.name"));
            return (mode & 022) != 0 || (mode & 04) == 0 || !ours;
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
