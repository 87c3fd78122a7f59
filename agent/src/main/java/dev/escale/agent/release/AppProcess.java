package dev.escale.agent.release;

import dev.escale.agent.host.Account;
import dev.escale.agent.host.HostUser;
import dev.escale.agent.pm2.LaunchEnvironment;
import dev.escale.agent.pm2.Pm2App;
import dev.escale.agent.pm2.Pm2Process;
import dev.escale.agent.secret.Masker;
import dev.escale.protocol.EnvValue;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Starts and ends the processes of one app. */
record AppProcess(ServingHost host, AppFolder folder, String app, String slug) {
    static final Duration KILL_TIMEOUT = Duration.ofSeconds(5);

    Pm2Process start(ReleasePlan plan, long release, int port, Map<String, EnvValue> env)
            throws IOException, RolloutFailed, InterruptedException {
        end(port);
        Optional<HostUser> user = host.users().runtime(app);
        Path environment = environmentFile(plan, release, port, env, user.orElse(null));
        @Nullable Account account = user.flatMap(host.users()::account).orElse(null);
        return host.pm2()
                .start(
                        new Pm2App(
                                name(release),
                                app,
                                release,
                                port,
                                plan.directory(),
                                plan.start(),
                                environment,
                                account,
                                KILL_TIMEOUT));
    }

    Optional<Pm2Process> at(int port) throws IOException, InterruptedException {
        return host.pm2().of(app).stream().filter(process -> process.port() == port).findFirst();
    }

    void end(int port) throws IOException, InterruptedException {
        for (Pm2Process process : host.pm2().of(app)) {
            if (process.port() == port) {
                host.pm2().delete(process, KILL_TIMEOUT);
            }
        }
    }

    void endAll() throws IOException, InterruptedException {
        for (Pm2Process process : host.pm2().of(app)) {
            host.pm2().delete(process, KILL_TIMEOUT);
        }
    }

    Evidence evidence(long release, Map<String, EnvValue> env, long beganMillis) {
        return new Evidence(logs(), name(release), Masker.of(env), beganMillis);
    }

    AppLogFiles logs() {
        return new AppLogFiles(host.pm2().home().out(app), host.pm2().home().error(app));
    }

    /**
     * What the app, or its release command, gets; its own settings win over ours but for the port.
     */
    Map<String, String> environment(ReleasePlan plan, int port, Map<String, EnvValue> env) {
        var all = new HashMap<String, String>();
        all.put("NODE_ENV", "production");
        all.put("HOME", home().toString());
        all.put("LANG", "C.UTF-8");
        Path node = Path.of(plan.nodeExecutable()).toAbsolutePath().getParent();
        all.put(
                "PATH",
                plan.directory().resolve("node_modules/.bin")
                        + ":"
                        + node
                        + ":/usr/local/bin:/usr/bin:/bin");
        all.put("ESCALE_COMMIT", plan.commit());
        env.forEach((name, value) -> all.put(name, value.value()));
        all.put("PORT", Integer.toString(port));
        all.put("HOST", "127.0.0.1");
        return all;
    }

    void prepareHome() throws IOException, InterruptedException {
        if (!Files.isDirectory(home())) {
            Files.createDirectories(home());
            Releases.mode(home(), "rwx------");
            new Releases(folder, host.shell()).give(home(), host.users().runtime(app).orElse(null));
        }
    }

    private Path home() {
        return folder.root().resolve("home");
    }

    private String name(long release) {
        return slug + "-" + release;
    }

    private Path environmentFile(
            ReleasePlan plan,
            long release,
            int port,
            Map<String, EnvValue> env,
            @Nullable HostUser user)
            throws IOException, RolloutFailed, InterruptedException {
        prepareHome();
        Path files = folder.root().resolve("environment");
        Files.createDirectories(files);
        Releases.mode(files, "rwx--x--x");
        Path file = files.resolve(Integer.toString(port));
        try {
            Map<String, String> all = environment(plan, port, env);
            all.put("ESCALE_RELEASE", Long.toString(release));
            LaunchEnvironment.write(file, all);
        } catch (IllegalArgumentException impossible) {
            throw new RolloutFailed(
                    Note.of(Notes.ENV_INVALID, "reason", String.valueOf(impossible.getMessage())));
        }
        new Releases(folder, host.shell()).give(file, user);
        return file;
    }
}
