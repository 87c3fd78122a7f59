package dev.escale.bench;

import dev.escale.testkit.Repository;
import dev.escale.testkit.control.Pm2Package;
import dev.escale.testkit.git.GitRepo;
import dev.escale.testkit.program.Leftovers;
import dev.escale.testkit.program.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Escale is measured against: a bare repository whose post-receive hook does by hand what a
 * careful developer would write, with Nginx and PM2 of its own.
 */
final class HandmadeHook implements AutoCloseable {
    private final Path folder;
    private final int port;
    private final Leftovers.Entry entry;

    private HandmadeHook(Path folder, int port) {
        this.folder = folder;
        this.port = port;
        this.entry = Leftovers.add("hand-made hook", this::stop);
    }

    static HandmadeHook install(Path folder) {
        try {
            Files.createDirectories(folder.resolve("releases"));
            Files.createDirectories(folder.resolve("tmp"));
            var hook = new HandmadeHook(folder, freePort());
            hook.makeRepository();
            hook.startNginx();
            return hook;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "https://hook.localhost:" + port + "/";
    }

    Path root() {
        return folder.resolve("site.pem");
    }

    GitRepo connect(GitRepo repo) {
        repo.git("remote", "add", "hook", folder.resolve("app.git").toString()).run();
        return repo;
    }

    @Override
    public void close() {
        stop();
        entry.done();
    }

    private void stop() {
        pm2("kill");
        Program.of("nginx", "-p", folder.toString(), "-c", "nginx.conf", "-s", "stop").attempt();
    }

    private void makeRepository() throws IOException {
        Path bare = folder.resolve("app.git");
        Program.of("git", "init", "-q", "--bare", "-b", "main", bare.toString()).run();
        Path hook = bare.resolve("hooks/post-receive");
        Files.writeString(
                hook,
                resource("post-receive.sh")
                        .replace("@FOLDER@", folder.toString())
                        .replace("@PM2@", Pm2Package.folder().resolve("bin/pm2").toString()));
        hook.toFile().setExecutable(true);
    }

    private void startNginx() throws IOException {
        Program.of(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:P-256",
                        "-nodes",
                        "-keyout",
                        "site.key",
                        "-out",
                        "site.pem",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=hook.localhost",
                        "-addext",
                        "subjectAltName=DNS:hook.localhost")
                .in(folder)
                .run();
        Files.writeString(folder.resolve("upstream.conf"), "server 127.0.0.1:1;\n");
        Files.writeString(
                folder.resolve("nginx.conf"),
                resource("nginx.conf").replace("@PORT@", Integer.toString(port)));
        Program.of("nginx", "-p", folder.toString(), "-c", "nginx.conf").run();
    }

    private void pm2(String... arguments) {
        var command =
                new java.util.ArrayList<>(
                        java.util.List.of(
                                "node", Pm2Package.folder().resolve("bin/pm2").toString()));
        command.addAll(java.util.List.of(arguments));
        Program.of(command).with("PM2_HOME", folder.resolve("pm2").toString()).attempt();
    }

    private static String resource(String name) throws IOException {
        try (InputStream file = HandmadeHook.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is missing under " + Repository.root());
            }
            return new String(file.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
