package dev.escale.cli.demo;

import dev.escale.cli.Refusal;
import dev.escale.cli.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The demo's folder while a demo runs in it: one at a time, and never a folder that holds something
 * else, because the demo empties it. At the end the users of its apps are removed.
 */
final class DemoHome implements AutoCloseable {
    private static final String MARK = "demo.lock";

    private final Path folder;
    private final FileChannel channel;

    private DemoHome(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * @throws Refusal when another demo runs there, or it is not a demo's folder
     */
    static DemoHome take(Path folder) {
        try {
            Files.createDirectories(folder);
            if (!Files.exists(folder.resolve(MARK)) && foreign(folder)) {
                throw new Refusal(Words.say("demo.notOurs", folder));
            }
            OwnFiles.passage(folder);
            var channel =
                    FileChannel.open(
                            folder.resolve(MARK),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw new Refusal(Words.say("demo.runs", folder));
            }
            return new DemoHome(folder, channel);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean foreign(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            Set<String> names =
                    inside.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
            return !names.isEmpty() && !names.contains("bootstrap-token");
        }
    }

    /** The system users that were made for the demo's apps, announced at its start. */
    void removeUsers() {
        for (String user : users()) {
            try {
                new ProcessBuilder("userdel", user)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor(10, TimeUnit.SECONDS);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private Set<String> users() {
        Set<String> users = new TreeSet<>();
        String[] apps = folder.resolve("agent/apps").toFile().list();
        if (Homes.root() && apps != null) {
            for (String app : apps) {
                String tail = app.substring(app.indexOf('_') + 1);
                String name = tail.substring(0, Math.min(10, tail.length()));
                users.add("esc-" + name);
                users.add("esb-" + name);
            }
        }
        return users;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
