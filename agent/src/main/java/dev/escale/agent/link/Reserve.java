package dev.escale.agent.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Disk space held back, so that on a full disk the agent can still say that it is full. */
record Reserve(Path file) {
    private static final int BYTES = 512 << 10;

    /** Takes the space, if there is any. */
    void refill() {
        try {
            if (!Files.exists(file)) {
                Files.write(file, new byte[BYTES]);
            }
        } catch (IOException full) {
            System.getLogger(Reserve.class.getName())
                    .log(System.Logger.Level.WARNING, "the disk is full: {0}", full.getMessage());
        }
    }

    /**
     * @return whether there was some
     */
    boolean release() throws IOException {
        return Files.deleteIfExists(file);
    }
}
