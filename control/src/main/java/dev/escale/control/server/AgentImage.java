package dev.escale.control.server;

import dev.escale.control.operation.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The agent's program for servers of this machine's architecture. */
final class AgentImage {
    private static final Map<String, String> ARCHITECTURES =
            Map.of("x86_64", "amd64", "amd64", "amd64", "aarch64", "arm64", "arm64", "arm64");

    private final @Nullable Path file;
    private final String architecture;
    private volatile @Nullable Digest digest;

    /**
     * @param file {@code agent-image.tar.gz}; null when none was built
     * @param architecture of the programs in it, as Java or Debian calls it
     */
    AgentImage(@Nullable Path file, String architecture) {
        this.file = file;
        this.architecture = ARCHITECTURES.getOrDefault(architecture, architecture);
    }

    /**
     * @param wanted architecture, as {@code uname -m} or Debian calls it
     * @throws ProblemException {@code agent.imageMissing} (404)
     */
    Path of(String wanted) {
        Path present = file;
        if (present == null
                || !architecture.equals(ARCHITECTURES.get(wanted))
                || !Files.isReadable(present)) {
            throw ProblemException.of(404, "agent.imageMissing", "architecture", wanted);
        }
        return present;
    }

    /**
     * @return SHA-256, hexadecimal
     */
    String sha256(String wanted) {
        Path present = of(wanted);
        try {
            FileTime changed = Files.getLastModifiedTime(present);
            Digest known = digest;
            if (known == null || !known.changed().equals(changed)) {
                known = new Digest(changed, digest(present));
                digest = known;
            }
            return known.sha256();
        } catch (IOException failure) {
            throw new UncheckedIOException("the agent image cannot be read", failure);
        }
    }

    private record Digest(FileTime changed, String sha256) {}

    private static String digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, sha256).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(sha256.digest());
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("This Java has no SHA-256", failure);
        }
    }
}
