package dev.escale.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.testkit.Workplace;
import dev.escale.testkit.control.AgentProcess;
import dev.escale.testkit.control.ControlProcess;
import dev.escale.testkit.control.ControlSettings;
import dev.escale.testkit.control.Json;
import dev.escale.testkit.program.Leftovers;
import dev.escale.testkit.program.Program;
import dev.escale.testkit.stack.App;
import dev.escale.testkit.stack.SampleApp;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** A server whose disk is full in the middle of a build. */
@EnabledIf("root")
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class DiskFullStory {

    @Test
    void fullDiskFailsTheBuildInWordsAndTheNextPushWorksOnceThereIsRoom() {
        try (Workplace workplace = Workplace.fresh();
                SmallDisk disk = SmallDisk.mount(workplace.folder("agent"), 400);
                ControlProcess control =
                        ControlProcess.start(
                                ControlSettings.local(workplace.folder().resolve("control")));
                AgentProcess agent = AgentProcess.start(control, "small", disk.folder())) {
            App app =
                    App.create(control, agent.server(), "small", workplace.folder("repositories"));
            app.goLive("release one");
            app.awaitSettled();

            SampleApp.builds(
                    app.repo(),
                    "release two",
                    "const fs = require('node:fs'); for (;;) fs.appendFileSync('ballast',"
                            + " Buffer.alloc(1 << 20));");
            app.push("Fill the disk");
            Json failed = app.awaitStatus("failed");
            assertThat(failed.toString() + app.log(failed.text("id")))
                    .containsAnyOf("No space left", "ENOSPC");
            assertThat(app.fetchText()).isEqualTo("release one");

            app.repo().git("rm", "-q", "build.js").run();
            app.goLive("release three");
            assertThat(app.fetchText()).isEqualTo("release three");
        }
    }

    static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** A file system in memory, as small as a test wants it. */
    private record SmallDisk(Path folder, Leftovers.Entry entry) implements AutoCloseable {
        static SmallDisk mount(Path folder, int megabytes) {
            Program.of(
                            "mount",
                            "-t",
                            "tmpfs",
                            "-o",
                            "size=" + megabytes + "m,mode=711",
                            "tmpfs",
                            folder.toString())
                    .run();
            return new SmallDisk(folder, Leftovers.add("small disk", () -> unmount(folder)));
        }

        @Override
        public void close() {
            unmount(folder);
            entry.done();
        }

        private static void unmount(Path folder) {
            Program.of("umount", "--lazy", folder.toString()).attempt();
        }
    }
}
