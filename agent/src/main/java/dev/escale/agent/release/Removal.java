package dev.escale.agent.release;

import dev.escale.agent.host.FolderTree;
import dev.escale.agent.host.GrowingText;
import dev.escale.agent.host.HostUser;
import dev.escale.agent.nginx.NginxRefused;
import dev.escale.agent.pm2.Pm2Process;
import dev.escale.protocol.Holding;
import dev.escale.protocol.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What Escale put on this server for an app: told, and taken away. Nothing else is touched. */
record Removal(ServingHost host, AppStates states, Certificates certificates) {
    List<Holding> survey(List<String> apps) throws IOException {
        var holdings = new ArrayList<Holding>();
        for (String app : apps) {
            AppFolder folder = states.folder(app);
            host.sites()
                    .file(app)
                    .ifPresent(file -> holdings.add(new Holding(app, "site", file.toString(), 0)));
            size(holdings, app, "releases", folder.releases());
            size(holdings, app, "code", folder.mirror());
            size(holdings, app, "cache", folder.cache());
            size(holdings, app, "shared", folder.shared());
            size(holdings, app, "key", certificates.folder(app));
            for (Path log : logs(app)) {
                size(holdings, app, "logs", log);
            }
            for (HostUser user : host.users().of(app)) {
                holdings.add(new Holding(app, "user", user.name(), 0));
            }
            processes(holdings, app);
        }
        return holdings;
    }

    Outcome remove(String app) throws IOException, InterruptedException {
        AppFolder folder = states.folder(app);
        for (Pm2Process process : host.pm2().of(app)) {
            host.pm2().delete(process, AppProcess.KILL_TIMEOUT);
        }
        host.pm2().save();
        try {
            host.sites().remove(app);
        } catch (NginxRefused broken) {
            return new Outcome.Failed(broken.reason());
        }
        for (HostUser user : host.users().of(app)) {
            host.users().remove(user);
        }
        var releases = new Releases(folder, host.shell());
        releases.remove(folder.root());
        releases.remove(certificates.folder(app));
        for (Path log : logs(app)) {
            Files.deleteIfExists(log);
        }
        return new Outcome.Done();
    }

    private void processes(List<Holding> holdings, String app) throws IOException {
        try {
            for (Pm2Process process : host.pm2().of(app)) {
                holdings.add(new Holding(app, "process", process.name(), 0));
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Path> logs(String app) throws IOException {
        List<Path> files = new ArrayList<>();
        for (GrowingText log : LogBound.logs(host.pm2(), app)) {
            log.parts().forEach(part -> files.add(part.path()));
        }
        return files;
    }

    private static void size(List<Holding> holdings, String app, String kind, Path path)
            throws IOException {
        if (Files.exists(path)) {
            holdings.add(new Holding(app, kind, path.toString(), FolderTree.size(path)));
        }
    }
}
