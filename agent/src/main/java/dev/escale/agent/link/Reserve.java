package dev.escale.agent.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Disk space held back, so that on a full disk the agent can still say that it is full. */
public record Reserve(Path file) {
    private static final int BYTES = 512 << 10;

    /** Takes the space, as much as there is. */
    public void refill() {
        try {
            long held = Files.exists(file) ? Files.size(file) : 0;
            if (held < BYTES) {
                Files.write(
                        file,
                        new byte[(int) (BYTES - held)],
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            }
        } catch (IOException full) {
            System.getLogger(Reserve.class.getName())
                    .log(System.Logger.Level.WARNING, "the disk is full: {0}", full.getMessage());
        }
    }

    /**
     * @return whether there was some
     */
    public boolean release() throws IOException {
        return Files.deleteIfExists(file);
    }
}
