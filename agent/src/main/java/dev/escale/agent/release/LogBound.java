package dev.escale.agent.release;

import dev.escale.agent.pm2.Pm2;
import dev.escale.protocol.AppSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Keeps what an app prints from filling the disk: a log file that is too long becomes the older
 * one, in place of the one before.
 */
record LogBound(Pm2 pm2, long bytes) {
    static final long DEFAULT = 64L << 20;

    static Path older(Path log) {
        return log.resolveSibling(log.getFileName() + ".1");
    }

    void keep(List<AppSpec> apps) throws IOException, InterruptedException {
        boolean moved = false;
        for (AppSpec app : apps) {
            for (Path log : List.of(pm2.home().out(app.id()), pm2.home().error(app.id()))) {
                if (Files.exists(log) && Files.size(log) > bytes) {
                    Files.move(log, older(log), StandardCopyOption.REPLACE_EXISTING);
                    moved = true;
                }
            }
        }
        if (moved && pm2.running()) {
            pm2.reopenLogs();
        }
    }
}
