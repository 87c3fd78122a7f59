package dev.escale.agent.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts as distributions ship them. */
class OsReleaseTest {
    @TempDir private Path root;

    @Test
    void readsDebianWithCommentsAndBlankLines() {
        assertThat(
                        name(
                                """
                                # a comment with PRETTY_NAME=no

                                NAME="Debian GNU/Linux"
                                VERSION_ID="12"
                                PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
                                ID=debian
                                """))
                .isEqualTo("Debian GNU/Linux 12 (bookworm)");
    }

    @Test
    void readsUbuntuAlpineAndFedora() {
        assertThat(name("PRETTY_NAME=\"Ubuntu 24.04.3 LTS\"\nID=ubuntu\nID_LIKE=debian"))
                .isEqualTo("Ubuntu 24.04.3 LTS");
        assertThat(name("NAME='Alpine Linux'\nID=alpine\nPRETTY_NAME='Alpine Linux v3.20'"))
                .isEqualTo("Alpine Linux v3.20");
        assertThat(name("NAME=Fedora\nPRETTY_NAME=Fedora")).isEqualTo("Fedora");
    }

    @Test
    void undoesTheEscapesOfAShell() {
        assertThat(name("PRETTY_NAME=\"The \\\"Harbour\\\" \\$1 \\\\o/\""))
                .isEqualTo("The \"Harbour\" $1 \\o/");
        assertThat(name("PRETTY_NAME='as \\it is'")).isEqualTo("as \\it is");
    }

    @Test
    void makesDoWithNameAndVersionOrWithNothing() {
        assertThat(name("NAME=\"Arch Linux\"\nID=arch")).isEqualTo("Arch Linux");
        assertThat(name("NAME=Void\nVERSION=\"1 (x)\"")).isEqualTo("Void 1 (x)");
        assertThat(name("")).isEqualTo("Linux");
        assertThat(name("PRETTY_NAME=\"")).isEqualTo("\"");
    }

    @Test
    void looksWhereDistributionsShipItWhenThereIsNoneInEtc() throws Exception {
        assertThat(OsRelease.of(root).prettyName()).isEqualTo("Linux");

        Files.createDirectories(root.resolve("usr/lib"));
        Files.writeString(root.resolve("usr/lib/os-release"), "PRETTY_NAME=shipped\n");
        assertThat(OsRelease.of(root).prettyName()).isEqualTo("shipped");

        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/os-release"), "PRETTY_NAME=local\n");
        assertThat(OsRelease.of(root).prettyName()).isEqualTo("local");
    }

    private static String name(String text) {
        return new OsRelease(List.of(text.split("\n"))).prettyName();
    }
}
