package dev.escale.agent.release;

import dev.escale.agent.host.GrowingText;
import dev.escale.agent.pm2.Pm2;
import dev.escale.protocol.AppSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * Keeps what an app prints from filling the disk: a log file that is too long is rotated away, and
 * of the parts only the newest are kept.
 *
 * @param bytes from which on a file is rotated away
 * @param kept bytes of the parts of one file
 */
record LogBound(Pm2 pm2, long bytes, long kept) {
    static final long DEFAULT = 64L << 20;
    static final long KEPT = 256L << 20;

    void keep(List<AppSpec> apps) throws IOException, InterruptedException {
        boolean moved = false;
        for (AppSpec app : apps) {
            for (GrowingText log : logs(pm2, app.id())) {
                if (Files.exists(log.file()) && Files.size(log.file()) > bytes) {
                    log.rotate();
                    moved = true;
                }
                log.keep(kept);
            }
        }
        if (moved && pm2.running()) {
            pm2.reopenLogs();
        }
    }

    static List<GrowingText> logs(Pm2 pm2, String app) {
        return List.of(
                new GrowingText(pm2.home().out(app)), new GrowingText(pm2.home().error(app)));
    }
}
