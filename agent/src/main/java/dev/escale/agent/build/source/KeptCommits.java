package dev.escale.agent.build.source;

import dev.escale.agent.host.HostResult;
import dev.escale.agent.release.AppFolder;
import java.nio.file.Files;
import java.util.List;

/** The commits in a mirror that a release still needs: those of releases that are on disk. */
record KeptCommits(Mirror mirror, AppFolder folder) {
    /** A failure costs room on the disk alone, and the next deployment tries again. */
    void forgetOthers() throws InterruptedException {
        List<String> stale =
                mirror.local(mirror.commands().kept()).out().lines().filter(this::gone).toList();
        for (String ref : stale) {
            tell(mirror.local(mirror.commands().forget(ref)));
        }
        if (!stale.isEmpty()) {
            tell(mirror.local(mirror.commands().tidy()));
        }
    }

    private boolean gone(String ref) {
        String number = ref.substring(GitCommands.KEPT.length());
        return !number.matches("[0-9]{1,18}")
                || !Files.exists(folder.release(Long.parseLong(number)));
    }

    private static void tell(HostResult result) {
        if (!result.succeeded()) {
            System.getLogger(KeptCommits.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "a mirror cannot be tidied: {0}",
                            result.summary());
        }
    }
}
