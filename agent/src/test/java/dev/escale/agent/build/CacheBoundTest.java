package dev.escale.agent.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheBoundTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir private Path folder;

    @Test
    void leavesACacheWithinItsBoundAlone() throws Exception {
        Path file = file("home/.npm/_cacache/content-v2/sha512/a", 100, 0);

        new CacheBound(folder.resolve("home"), 100).keep();

        assertThat(file).exists();
    }

    @Test
    void dropsTheOldestFirstAndNoMoreThanItMust() throws Exception {
        Path old = file("home/.npm/_cacache/content-v2/sha512/a", 100, 1);
        Path recent = file("home/.npm/_cacache/content-v2/sha512/b", 100, 3);
        Path tool = file("home/tools/pnpm@9/node_modules/.bin/pnpm", 100, 2);
        Path temporary = file("home/tmp/x", 100, 0);

        new CacheBound(folder.resolve("home"), 200).keep();

        assertThat(old).doesNotExist();
        assertThat(recent).exists();
        assertThat(tool).exists();
        assertThat(temporary).exists();
    }

    @Test
    void neverLeavesHalfAPackageThatYarnOrPnpmWouldTrust() throws Exception {
        Path half = file("home/.cache/yarn/v6/npm-express/index.js", 100, 1);
        Path other = file("home/.cache/yarn/v6/npm-express/package.json", 100, 2);
        Path store = file("home/pnpm-store/v3/files/00/a", 100, 3);

        new CacheBound(folder.resolve("home"), 250).keep();

        assertThat(half).doesNotExist();
        assertThat(other.getParent()).doesNotExist();
        assertThat(store).exists();
    }

    @Test
    void followsNoLinkOutOfTheHome() throws Exception {
        Path victim = file("victim/_cacache/content-v2/kept", 1000, 0);
        Files.createDirectories(folder.resolve("home"));
        Files.createSymbolicLink(folder.resolve("home/.npm"), folder.resolve("victim"));

        new CacheBound(folder.resolve("home"), 0).keep();

        assertThat(victim).exists();
        assertThat(folder.resolve("home")).isEmptyDirectory();
    }

    private Path file(String path, int bytes, int hours) throws Exception {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[bytes]);
        return Files.setLastModifiedTime(file, FileTime.from(NOON.plusSeconds(hours * 3600L)));
    }
}
