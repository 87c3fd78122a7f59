package dev.escale.agent.nginx;

import dev.escale.agent.host.AtomicFile;
import dev.escale.agent.host.HostShell;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of our apps in Nginx's configuration. A change is written, tested and loaded, or the
 * files are as they were. One change at a time; switches of releases ({@link LiveLink}) do not come
 * through here.
 */
public final class Sites {
    private static final Duration DOUBT = Duration.ofSeconds(2);

    private final NginxSetup setup;
    private final Nginx nginx;
    private @Nullable Listen listen;
    private Instant applied = Instant.EPOCH;

    public Sites(NginxSetup setup, HostShell shell) {
        this.setup = setup;
        this.nginx = new Nginx(setup, shell);
    }

    public NginxSetup setup() {
        return setup;
    }

    /** Makes Nginx run with what is on disk; does nothing when it runs. */
    public synchronized void ensureRunning()
            throws NginxRefused, IOException, InterruptedException {
        prepare();
        if (!nginx.running()) {
            nginx.apply();
        }
    }

    /** Ends a private instance. */
    public synchronized void stop() throws InterruptedException {
        nginx.stop();
    }

    /**
     * @return false when nothing had to change
     */
    public synchronized boolean put(Site site)
            throws NginxRefused, IOException, InterruptedException {
        Listen lines = prepare();
        Path file = setup.site(site.app());
        String wanted = new VhostWriter(setup, lines).write(site);
        if (wanted.equals(read(file)) && nginx.running() && loaded(file)) {
            return false;
        }
        refuseForeignNames(site, file);
        change(file, wanted);
        return true;
    }

    /** Makes Nginx read certificates anew. */
    public synchronized void reload() throws NginxRefused, InterruptedException {
        Optional<Complaint> complaint = nginx.test();
        if (complaint.isPresent()) {
            throw new NginxRefused(nginx.refusal(complaint.get()));
        }
        nginx.apply();
    }

    public synchronized void remove(String app)
            throws NginxRefused, IOException, InterruptedException {
        Path file = setup.site(app);
        if (Files.deleteIfExists(file) && nginx.running()) {
            reload();
        }
    }

    /** The file of the app, where there is one. */
    public Optional<Path> file(String app) {
        return Optional.of(setup.site(app)).filter(Files::exists);
    }

    /** Files of apps that we know nothing of any more. */
    public java.util.List<Path> files() throws IOException {
        try (var found = Files.newDirectoryStream(setup.sites(), "escale*.conf")) {
            var files = new java.util.ArrayList<Path>();
            found.forEach(files::add);
            return files;
        } catch (NoSuchFileException none) {
            return java.util.List.of();
        }
    }

    /** Once in the life of an agent; a newer one may have more to share. */
    private Listen prepare() throws NginxRefused, IOException, InterruptedException {
        Listen known = listen;
        if (known != null && Files.exists(setup.shared())) {
            return known;
        }
        known = Listen.of(setup, nginx.version());
        if (setup.privateInstance()) {
            new PrivateInstance(setup).prepare();
        }
        share(known);
        listen = known;
        return known;
    }

    /**
     * Without a configuration that passes, nobody knows what others set: then ours stays as it is.
     */
    private void share(Listen lines) throws NginxRefused, IOException, InterruptedException {
        String dump = nginx.dump();
        String before = read(setup.shared());
        String wanted = SharedConfig.write(setup, lines, new ForeignNames(dump).withoutOurs(setup));
        if (before == null) {
            AtomicFile.write(setup.shared(), wanted, "rw-r--r--");
        } else if (!dump.isEmpty() && !wanted.equals(before)) {
            change(setup.shared(), wanted);
        }
    }

    private void refuseForeignNames(Site site, Path own) throws NginxRefused, InterruptedException {
        Optional<String> holder =
                new ForeignNames(nginx.dump()).holder(site.names(), own.toString());
        if (holder.isPresent()) {
            throw new NginxRefused(
                    Note.of(
                            Notes.NGINX_NAME_TAKEN,
                            "name",
                            site.names().getFirst().text(),
                            "file",
                            holder.get()));
        }
    }

    private void change(Path file, String wanted)
            throws NginxRefused, IOException, InterruptedException {
        String before = read(file);
        AtomicFile.write(file, wanted, "rw-r--r--");
        try {
            Optional<Complaint> complaint = nginx.test();
            if (complaint.isPresent()) {
                throw new NginxRefused(nginx.refusal(complaint.get()));
            }
            Instant now = Instant.now();
            nginx.apply();
            applied = now;
        } catch (NginxRefused | InterruptedException refused) {
            restore(file, before);
            throw refused;
        }
    }

    /** The last good file comes back, and Nginx takes it where it can. */
    private void restore(Path file, @Nullable String before)
            throws IOException, InterruptedException {
        boolean interrupted = Thread.interrupted();
        if (before == null) {
            Files.deleteIfExists(file);
        } else {
            AtomicFile.write(file, before, "rw-r--r--");
        }
        try {
            if (nginx.running() && nginx.test().isEmpty()) {
                nginx.apply();
            }
        } catch (NginxRefused still) {
            System.getLogger(Sites.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "nginx keeps its old configuration: {0}",
                            still.getMessage());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * An agent that was killed between writing and loading left a file that Nginx knows nothing of.
     * Workers that began well after it was written have read it; when they began is known to a
     * second.
     */
    private boolean loaded(Path file) throws IOException {
        Instant written = Files.getLastModifiedTime(file).toInstant();
        return applied.isAfter(written) || nginx.loadedAfter(written.plus(DOUBT));
    }

    private static @Nullable String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException none) {
            return null;
        }
    }
}
