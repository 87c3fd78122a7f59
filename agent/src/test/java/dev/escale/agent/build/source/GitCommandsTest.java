package dev.escale.agent.build.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class GitCommandsTest {
    private final GitCommands commands = new GitCommands(Path.of("/apps/a/mirror.git"));

    @Test
    void makesAMirrorWithoutHooks() {
        assertThat(String.join(" ", commands.init()))
                .isEqualTo("git init --quiet --bare --template= /apps/a/mirror.git");
    }

    @Test
    void fetchesOneCommitAndNothingElse() {
        assertThat(
                        String.join(
                                " ",
                                commands.fetchNewest(
                                        "https://example.org/a.git",
                                        "refs/heads/main",
                                        "refs/escale/releases/3",
                                        1000)))
                .isEqualTo(
                        "prlimit --fsize=1000 git --git-dir=/apps/a/mirror.git fetch --quiet"
                            + " --no-tags --no-recurse-submodules --no-write-fetch-head --depth=1"
                            + " https://example.org/a.git +refs/heads/main:refs/escale/releases/3");
    }

    @Test
    void fetchesAllHistoryWhenTheCommitIsNotTheNewest() {
        assertThat(
                        commands.fetchHistory(
                                "https://h/a", "refs/heads/b", "refs/escale/releases/1", 1000))
                .contains("--depth=2147483647", "+refs/heads/b:refs/escale/releases/1");
    }

    @Test
    void looksWithoutTouching() {
        assertThat(String.join(" ", commands.has("c0ffee")))
                .isEqualTo("git --git-dir=/apps/a/mirror.git cat-file -e c0ffee^{tree}");
        assertThat(String.join(" ", commands.list("c0ffee")))
                .isEqualTo("git --git-dir=/apps/a/mirror.git ls-tree -r -l --full-tree c0ffee");
        assertThat(String.join(" ", commands.describe("c0ffee")))
                .isEqualTo(
                        "git --git-dir=/apps/a/mirror.git log -1 --format=%H%n%an%n%s c0ffee --");
        assertThat(String.join(" ", commands.keep("c0ffee", "refs/escale/releases/1")))
                .isEqualTo(
                        "git --git-dir=/apps/a/mirror.git update-ref refs/escale/releases/1"
                                + " c0ffee");
    }

    @Test
    void writesTheFilesOfACommitWithoutARepositoryBesideThem() {
        assertThat(String.join(" ", commands.checkout("c0ffee", Path.of("/apps/a/releases/3"))))
                .isEqualTo(
                        "git --git-dir=/apps/a/mirror.git --work-tree=/apps/a/releases/3"
                                + " read-tree -m -u c0ffee");
    }
}
