package dev.escale.testkit.control;

import dev.escale.testkit.program.Leftovers;
import dev.escale.testkit.program.Program;
import dev.escale.testkit.program.Running;
import dev.escale.testkit.program.Wait;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The built agent as a process for this machine, with a home of its own and a private Nginx and PM2
 * in it. Crashing or stopping it leaves those running, as on a server; closing it ends all.
 */
public final class AgentProcess implements AutoCloseable {
    private static final Duration ONLINE = Duration.ofSeconds(60);

    private final ControlProcess control;
    private final String server;
    private final Path home;
    private final Map<String, String> environment;
    private final Leftovers.Entry entry;
    private Running process;

    private AgentProcess(
            ControlProcess control, String server, Path home, Map<String, String> environment) {
        this.control = control;
        this.server = server;
        this.home = home;
        this.environment = environment;
        this.entry = Leftovers.add("agent in " + home, this::down);
        this.process = launch();
    }

    /** Adds a server of this name, joins it and waits until it is online. */
    public static AgentProcess start(ControlProcess control, String name, Path home) {
        return start(control, name, home, Map.of());
    }

    /**
     * @param settings further variables for the agent
     */
    public static AgentProcess start(
            ControlProcess control, String name, Path home, Map<String, String> settings) {
        var environment =
                new HashMap<>(
                        Map.of(
                                "ESCALE_AGENT_HOME", home.toString(),
                                "ESCALE_AGENT_NGINX", "private",
                                "ESCALE_AGENT_PORTS", ports(),
                                "ESCALE_AGENT_PM2", Pm2Package.folder().toString()));
        environment.putAll(settings);
        Json added = control.api().post("servers", Map.of("name", name));
        join(control, added.text("registrationToken"), environment).run();
        var agent = new AgentProcess(control, added.text("id"), home, environment);
        agent.awaitOnline();
        return agent;
    }

    /** The command that registers an agent; fails when the control plane refuses it. */
    public static Program join(
            ControlProcess control, String token, Map<String, String> environment) {
        return Program.of(
                        Build.agentProgram().toString(),
                        "join",
                        "--url",
                        control.url(),
                        "--ca-sha256",
                        control.fingerprint())
                .with(environment)
                .with("ESCALE_AGENT_TOKEN", token);
    }

    public String server() {
        return server;
    }

    public Path home() {
        return home;
    }

    public long pid() {
        return process.pid();
    }

    public String log() {
        return process.output();
    }

    /** kill -9 of the agent alone. */
    public void crash() {
        process.crash();
    }

    /** It stands still with its connection open, until {@link #crash}. */
    public void freeze() {
        process.signal("STOP");
    }

    public void startAgain() {
        process = launch();
    }

    public void awaitOnline() {
        Wait.until(
                "server " + server + " to be online",
                ONLINE,
                () -> {
                    if (!process.alive()) {
                        throw new AssertionError("the agent ended by itself:\n" + log());
                    }
                    return "online"
                            .equals(control.api().get("servers/" + server).textOrNull("state"));
                });
    }

    @Override
    public void close() {
        down();
        entry.done();
    }

    private void down() {
        process.close();
        Program.of(Build.agentProgram().toString(), "down").with(environment).attempt();
        removeUsers();
    }

    /** The system users of its apps, which an agent keeps until each app is removed. */
    private void removeUsers() {
        String[] apps = home.resolve("apps").toFile().list();
        for (String app : apps == null ? new String[0] : apps) {
            String tail = app.substring(app.indexOf('_') + 1);
            String name = tail.substring(0, Math.min(10, tail.length()));
            // Forced: the last process of a build that was cut off may still be ending.
            Program.of("userdel", "--force", "esc-" + name).attempt();
            Program.of("userdel", "--force", "esb-" + name).attempt();
        }
    }

    /** Tests that run side by side never race for one port. */
    private static String ports() {
        int first = 20_000 + 3_000 * (Integer.getInteger("escale.test.fork", 1) - 1);
        return first + "-" + (first + 2_999);
    }

    private Running launch() {
        return Program.of(Build.agentProgram().toString(), "run")
                .with(environment)
                .start(home.resolveSibling(home.getFileName() + ".log"));
    }
}
