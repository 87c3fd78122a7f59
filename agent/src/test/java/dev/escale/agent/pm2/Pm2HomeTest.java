package dev.escale.agent.pm2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class Pm2HomeTest {
    @TempDir Path folder;

    @Test
    void theLauncherIsWrittenOnceAndAgainWhenItIsAnotherOne() throws Exception {
        var home = new Pm2Home(folder.resolve("pm2"), folder.resolve("tools/launch"));
        home.prepare();
        Object first = inode(home.launcher());
        String script = Files.readString(home.launcher());

        home.prepare();
        assertThat(inode(home.launcher())).isEqualTo(first);

        Files.writeString(home.launcher(), "#!/bin/sh\necho old\n");
        home.prepare();
        assertThat(home.launcher()).hasContent(script).isExecutable();
    }

    private static @Nullable Object inode(Path file) throws Exception {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }
}
