package dev.escale.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AdaptersTest {
    /**
     * A record of ours with {@code @Json} and a field of a protocol type makes avaje write a second
     * adapter for that type; the one that stands first on the class path wins, and an empty one
     * loses what is sealed.
     */
    @Test
    void leavesTheJsonOfTheProtocolToTheProtocol() throws Exception {
        var source = Main.class.getProtectionDomain().getCodeSource().getLocation();

        assertThat(Files.exists(Path.of(source.toURI()).resolve("dev/escale/protocol"))).isFalse();
    }
}
