package dev.escale.protocol;

/**
 * The codes of {@link Note} that agents send. Each has a sentence in both languages; a test
 * compares the lists.
 */
public final class Notes {
    /** Facts: reason: no Nginx that can be run. */
    public static final String NGINX_MISSING = "nginx.missing";

    /** Facts: reason: Nginx refused for a reason of ours. */
    public static final String NGINX_FAILED = "nginx.failed";

    /** Facts: port, program: another program holds a port of Nginx. */
    public static final String NGINX_PORT_TAKEN = "nginx.portTaken";

    /** Facts: file, line, message: the configuration is broken in a file that is not ours. */
    public static final String NGINX_FOREIGN = "nginx.foreign";

    /** Facts: name, file: another file serves this host name. */
    public static final String NGINX_NAME_TAKEN = "nginx.nameTaken";

    /** Facts: name: not a host name. */
    public static final String NAME_INVALID = "name.invalid";

    /** Facts: code: the new release ended by itself before it was healthy. */
    public static final String APP_DIED = "app.died";

    /** Facts: port, program: the fixed port of the app is held by another program. */
    public static final String APP_PORT_TAKEN = "app.portTaken";

    /** Facts: path, answer, seconds: it listens but does not answer well. */
    public static final String HEALTH_REFUSED = "health.refused";

    /** Facts: port, seconds: it opened no port. */
    public static final String HEALTH_NEVER_LISTENED = "health.neverListened";

    /** Facts: address, port: it listens where Nginx must not reach it. */
    public static final String HEALTH_OTHER_ADDRESS = "health.otherAddress";

    /** Facts: port, wanted: it listens on a port of its own choice. */
    public static final String PORT_IGNORED = "port.ignored";

    /** Facts: port: a fixed port: the old release stopped before the new one started. */
    public static final String SWITCH_STOP_START = "switch.stopStart";

    /** Facts: name, answer: Nginx did not answer with the new release. */
    public static final String SWITCH_UNANSWERED = "switch.unanswered";

    /** Facts: code, seconds: the new release died after the switch. */
    public static final String WATCH_DIED = "watch.died";

    /** Facts: path, answer, seconds: the new release failed its checks after the switch. */
    public static final String WATCH_UNHEALTHY = "watch.unhealthy";

    /** Facts: release: the release before serves again. */
    public static final String TAKEN_BACK = "release.takenBack";

    /** Facts: result: the release command failed. */
    public static final String RELEASE_COMMAND_FAILED = "releaseCommand.failed";

    /** Facts: path: a shared path leads out of the release. */
    public static final String SHARED_ESCAPES = "shared.escapes";

    /** Facts: seconds: the control plane sent no certificate in time. */
    public static final String CERTIFICATE_MISSING = "certificate.missing";

    /** Facts: reason: no key, request or usable certificate. */
    public static final String CERTIFICATE_FAILED = "certificate.failed";

    /** Cancelled by a person. */
    public static final String DEPLOYMENT_CANCELLED = "deployment.cancelled";

    /** Facts: seconds: ended by its time limit. */
    public static final String DEPLOYMENT_TIMED_OUT = "deployment.timedOut";

    /** The agent was restarted in the middle of it. */
    public static final String AGENT_RESTARTED = "agent.restarted";

    /** Facts: release: not kept on this server. */
    public static final String RELEASE_MISSING = "release.missing";

    /** Facts: reason: the environment holds a name or value that no process can get. */
    public static final String ENV_INVALID = "env.invalid";

    /** Facts: path: no space left. */
    public static final String DISK_FULL = "disk.full";

    /** Facts: reason: PM2 does not do what it is asked. */
    public static final String PM2_FAILED = "pm2.failed";

    /** Facts: reason: the host refused something else. */
    public static final String HOST_FAILED = "host.failed";

    /** Nothing of this app is here. */
    public static final String APP_UNKNOWN = "app.unknown";

    /** Facts: restarts: PM2 started the app again after it died. */
    public static final String APP_RESTARTED = "app.restarted";

    /** The command's signature does not hold. Facts: {@code reason}. */
    public static final String COMMAND_UNSIGNED = "command.unsigned";

    /** The command is for another server. Facts: {@code server}. */
    public static final String COMMAND_FOREIGN = "command.foreign";

    /** The command came too late. Facts: {@code expired}. */
    public static final String COMMAND_EXPIRED = "command.expired";

    /** A command of this id came before, with another content. */
    public static final String COMMAND_REPLAYED = "command.replayed";

    /** Too much waits for this app already. */
    public static final String AGENT_BUSY = "agent.busy";

    /** The agent failed in a way nobody foresaw. Facts: {@code reason}. */
    public static final String AGENT_FAILURE = "agent.failure";

    /** The deployment was cancelled before it began. */
    public static final String DEPLOYMENT_CANCELLED_WAITING = "deployment.cancelledWaiting";

    private Notes() {}
}
