package dev.escale.agent.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostShell;
import dev.escale.protocol.Codec;
import dev.escale.protocol.Facts;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On hosts made of files, and on the one that the test runs on. */
class HostFactsTest {
    private final HostShell shell = new HostShell();
    @TempDir private Path root;

    @Test
    void knowsSystemdByItsFolderAndScriptsByTheirProgram() throws Exception {
        assertThat(HostFacts.init(root)).isEqualTo("none");

        program("usr/sbin/service");
        assertThat(HostFacts.init(root)).isEqualTo("service");

        Files.createDirectories(root.resolve("run/systemd/system"));
        assertThat(HostFacts.init(root)).isEqualTo("systemd");
    }

    @Test
    void aFileThatCannotBeRunAndAFolderAreNoPrograms() throws Exception {
        Files.createDirectories(root.resolve("usr/bin/mongod"));
        Files.writeString(root.resolve("usr/bin/redis-server"), "");

        assertThat(Databases.installed(root)).isEmpty();
    }

    @Test
    void namesTheDatabasesThatAreInstalled() throws Exception {
        program("usr/lib/postgresql/15/bin/postgres");
        program("usr/sbin/mysqld");
        program("usr/sbin/mariadbd");
        program("usr/bin/redis-server");

        assertThat(Databases.installed(root)).containsExactly("MariaDB", "PostgreSQL", "Redis");
    }

    @Test
    void findsAVersionInWhatProgramsSay() {
        assertThat(Programs.first("v20.19.2")).isEqualTo("20.19.2");
        assertThat(Programs.first("nginx version: nginx/1.22.1 (Ubuntu)")).isEqualTo("1.22.1");
        assertThat(Programs.first("git version 2.39.5")).isEqualTo("2.39.5");
        assertThat(Programs.first("Docker version 27.3.1, build ce12230")).isEqualTo("27.3.1");
        assertThat(Programs.first("not at all")).isNull();
    }

    @Test
    void tellsWhatThisHostIs() throws Exception {
        Path pm2 = Files.createDirectories(root.resolve("pm2"));
        Files.writeString(
                pm2.resolve("package.json"), "{\"name\": \"pm2\", \"version\": \"7.0.4\"}");
        var open = Note.of(Notes.PORTS_NEED_ROOT);

        Facts facts = new HostFacts(shell, pm2).gather(80, 443, open, 1800);

        assertThat(facts.hostname()).isEqualTo(said("uname", "-n"));
        assertThat(facts.kernel()).isEqualTo(said("uname", "-r"));
        assertThat(facts.cpus()).isEqualTo(Integer.parseInt(said("nproc")));
        assertThat(facts.memoryBytes()).isGreaterThan(64L << 20);
        assertThat(facts.os()).isEqualTo(said("sh", "-c", ". /etc/os-release; echo $PRETTY_NAME"));
        assertThat(facts.privileged()).isEqualTo(said("id", "-u").equals("0"));
        assertThat("v" + facts.node()).isEqualTo(said("node", "--version"));
        assertThat(said("git", "--version")).contains(String.valueOf(facts.git()));
        assertThat(facts.pm2()).isEqualTo("7.0.4");
        assertThat(facts.portsClosed()).isFalse();
        assertThat(facts.addresses()).noneMatch(one -> one.startsWith("127.") || one.contains("%"));
        assertThat(Codec.read(Facts.class, Codec.write(Facts.class, facts))).isEqualTo(facts);
    }

    @Test
    void aHostWithoutPm2IsNoFailure() throws Exception {
        Facts facts = new HostFacts(shell, root.resolve("none")).gather(80, 443, null, 1800);

        assertThat(facts.pm2()).isNull();
        assertThat(facts.portsClosed()).isTrue();
    }

    private String said(String... command) throws InterruptedException {
        return shell.run(HostCommand.of(command)).out().strip();
    }

    private void program(String path) throws Exception {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
