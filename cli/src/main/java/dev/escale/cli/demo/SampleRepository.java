package dev.escale.cli.demo;

import dev.escale.cli.Login;
import dev.escale.cli.Refusal;
import dev.escale.cli.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A copy of an example as a Git repository of its own, pushed with the system's git as any user
 * would.
 */
record SampleRepository(Path folder, Path log) {

    static SampleRepository copyOf(Path example, Path folder, Path log) {
        delete(folder);
        copy(example, folder);
        var repository = new SampleRepository(folder, log);
        repository.git("init", "-q", "-b", "main");
        repository.git("add", "-A");
        repository.git(
                "-c",
                "commit.gpgsign=false",
                "-c",
                "core.hooksPath=/dev/null",
                "-c",
                "user.name=Escale",
                "-c",
                "user.email=demo@escale.localhost",
                "commit",
                "-q",
                "-m",
                "Say hello");
        return repository;
    }

    /**
     * Its output goes to this terminal as it comes. The token goes to git through a file that only
     * its owner can read.
     */
    void push(String url, Login login) {
        try {
            Path credentials = folder.resolve(".git/escale-credentials");
            Files.createFile(
                    credentials,
                    java.nio.file.attribute.PosixFilePermissions.asFileAttribute(
                            java.nio.file.attribute.PosixFilePermissions.fromString("rw-------")));
            Files.writeString(
                    credentials,
                    login.url().replace("https://", "https://escale:" + login.token() + "@")
                            + "\n");
            git("remote", "add", "escale", url);
            git("config", "http." + login.url() + "/.sslCAInfo", String.valueOf(login.authority()));
            git("config", "http." + login.url() + "/.proxy", "");
            // an empty one first: the user's own helpers must not learn this token
            git("config", "--add", "credential.helper", "");
            git("config", "--add", "credential.helper", "store --file=" + credentials);
            var push =
                    new ProcessBuilder("git", "push", "escale", "main")
                            .directory(folder.toFile())
                            .inheritIO();
            push.environment().remove("GIT_SSL_CAINFO"); // would win over http.sslCAInfo
            int code = push.start().waitFor();
            if (code != 0) {
                throw new Refusal(Words.say("demo.failed", "git push", code, log));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal(Words.say("interrupted"), interrupted);
        }
    }

    private void git(String... words) {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        Background.run("git " + words[0], command, java.util.Map.of(), folder, log);
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                String name = from.relativize(file).toString();
                if (!name.startsWith("node_modules")) {
                    Files.copy(file, to.resolve(name));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static void delete(Path folder) {
        if (!Files.exists(folder, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
