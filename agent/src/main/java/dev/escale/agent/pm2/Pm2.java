package dev.escale.agent.pm2;

import dev.escale.agent.host.AtomicFile;
import dev.escale.agent.host.HostShell;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The processes that PM2 keeps for Escale. A daemon is started for a process to start, and by
 * {@link #ensureRunning}, which tells whether it was gone with all its apps; looking starts
 * nothing.
 */
public final class Pm2 {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Pm2Setup setup;
    private final Pm2Socket socket;
    private final Pm2Daemon daemon;

    public Pm2(Pm2Setup setup, HostShell shell) {
        this.setup = setup;
        this.socket = new Pm2Socket(setup.home().rpc());
        this.daemon = new Pm2Daemon(setup, shell, socket);
    }

    public Pm2Home home() {
        return setup.home();
    }

    /**
     * @return true when the daemon had to be started, so that no app runs
     */
    public boolean ensureRunning() throws IOException, InterruptedException {
        return daemon.ensureRunning();
    }

    /** Whether the daemon answers; starts nothing. */
    public boolean running() throws InterruptedException {
        return socket.answers();
    }

    /** Starts it; PM2 starts it again when it dies, after a delay that grows to 15 s. */
    public Pm2Process start(Pm2App app) throws IOException, InterruptedException {
        // Also beside a daemon that another started, such as its unit: the launcher is ours.
        setup.home().prepare();
        ensureRunning();
        socket.call("prepare", settings(app), ANSWER);
        return list().stream()
                .filter(process -> process.app().equals(app.app()) && process.port() == app.port())
                .max(java.util.Comparator.comparingInt(Pm2Process::id))
                .orElseThrow(() -> new IOException("PM2 does not list what it just started"));
    }

    /** All processes that Escale started; none without a daemon. Costs about a millisecond. */
    public List<Pm2Process> list() throws IOException, InterruptedException {
        if (!running()) {
            return List.of();
        }
        return entries().stream().flatMap(entry -> Pm2Process.read(entry).stream()).toList();
    }

    public List<Pm2Process> of(String app) throws IOException, InterruptedException {
        return list().stream().filter(process -> process.app().equals(app)).toList();
    }

    public Optional<Pm2Process> find(int id) throws IOException, InterruptedException {
        return list().stream().filter(process -> process.id() == id).findFirst();
    }

    /** Ends its process tree and forgets it; one that PM2 does not know any more is fine. */
    public void delete(Pm2Process process, Duration killTimeout)
            throws IOException, InterruptedException {
        try {
            socket.call("deleteProcessId", process.id(), killTimeout.plus(ANSWER));
        } catch (Pm2Exception refused) {
            if (find(process.id()).isPresent()) {
                throw refused;
            }
        }
    }

    /** Makes PM2 open its log files anew, after they were moved away. */
    public void reopenLogs() throws IOException, InterruptedException {
        socket.call("reloadLogs", Map.of(), ANSWER);
    }

    /** Writes PM2's own dump, so that {@code pm2 resurrect} brings back all apps without us. */
    public void save() throws IOException, InterruptedException {
        if (!running()) {
            return;
        }
        var dump = new ArrayList<Map<Object, Object>>();
        for (Object entry : entries()) {
            if (entry instanceof Map<?, ?> process
                    && process.get("pm2_env") instanceof Map<?, ?> details) {
                var kept = new HashMap<Object, Object>(details);
                kept.remove("pm_id");
                kept.remove("instances");
                dump.add(kept);
            }
        }
        String json = Jsonb.builder().build().type(Object.class).toJson(dump);
        AtomicFile.write(setup.home().dump(), json, "rw-------");
    }

    private List<?> entries() throws IOException, InterruptedException {
        return socket.call("getMonitorData", Map.of(), ANSWER) instanceof List<?> all
                ? all
                : List.of();
    }

    /** What PM2's command line would make of its options, in the form its daemon takes. */
    private Map<String, Object> settings(Pm2App app) {
        var arguments = new ArrayList<String>();
        arguments.add(app.environment().toString());
        arguments.addAll(app.command());
        var settings = new HashMap<String, Object>();
        settings.put("name", app.name());
        settings.put("namespace", app.app());
        settings.put("escale_release", app.release());
        settings.put("escale_port", app.port());
        settings.put("pm_exec_path", setup.home().launcher().toString());
        settings.put("exec_interpreter", "none");
        settings.put("exec_mode", "fork_mode");
        settings.put("args", arguments);
        settings.put("node_args", List.of());
        settings.put("pm_cwd", app.directory().toString());
        settings.put("pm_out_log_path", setup.home().out(app.app()).toString());
        settings.put("pm_err_log_path", setup.home().error(app.app()).toString());
        settings.put("pm_pid_path", setup.home().pid(app.app()).toString());
        settings.put("merge_logs", true);
        settings.put("log_type", "json");
        settings.put("env", new HashMap<String, Object>());
        settings.put("autostart", true);
        settings.put("autorestart", true);
        settings.put("exp_backoff_restart_delay", 100);
        settings.put("kill_timeout", app.killTimeout().toMillis());
        settings.put("treekill", true);
        settings.put("pmx", false);
        settings.put("vizion", false);
        settings.put("watch", false);
        settings.put("instance_var", "NODE_APP_INSTANCE");
        if (app.account() != null) {
            settings.put("uid", app.account().uid());
            settings.put("gid", app.account().gid());
        }
        return settings;
    }
}
