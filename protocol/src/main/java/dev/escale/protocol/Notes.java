package dev.escale.protocol;

/**
 * The codes of {@link Note} that agents send. Each has a sentence in both languages; a test
 * compares the lists.
 */
public final class Notes {
    /** Facts: url: its scheme is not one that may be fetched from. */
    public static final String SOURCE_URL_REFUSED = "source.urlRefused";

    /** Facts: url: ssh would need a key of the app's own, which there is not yet. */
    public static final String SOURCE_SSH_UNSUPPORTED = "source.sshUnsupported";

    /** Facts: ref: not the name of a branch. */
    public static final String SOURCE_REF_REFUSED = "source.refRefused";

    /** Facts: url, said: the Git server wants other credentials. */
    public static final String SOURCE_AUTH_REFUSED = "source.authRefused";

    /** Facts: host, said: no such host. */
    public static final String SOURCE_HOST_UNKNOWN = "source.hostUnknown";

    /** Facts: url, said: the Git server does not answer. */
    public static final String SOURCE_UNREACHABLE = "source.unreachable";

    /** Facts: url, said: the certificate of the Git server is not trusted. */
    public static final String SOURCE_CERTIFICATE_REFUSED = "source.certificateRefused";

    /** Facts: ref, said: the repository has no such branch. */
    public static final String SOURCE_REF_UNKNOWN = "source.refUnknown";

    /** Facts: commit, ref, said: the repository no longer gives this commit. */
    public static final String SOURCE_COMMIT_GONE = "source.commitGone";

    /** Facts: url, seconds: git did not end. */
    public static final String SOURCE_TIMED_OUT = "source.timedOut";

    /** Facts: url, said: git failed otherwise. */
    public static final String SOURCE_FAILED = "source.failed";

    /** Facts: megabytes, limit: the files of the commit. */
    public static final String SOURCE_TOO_LARGE = "source.tooLarge";

    /** Facts: url, limit: the fetch was ended when so many megabytes had come. */
    public static final String SOURCE_FETCH_TOO_LARGE = "source.fetchTooLarge";

    /** Facts: path, target: a symbolic link that leaves the repository. */
    public static final String SOURCE_SYMLINK_ESCAPES = "source.symlinkEscapes";

    /** Facts: paths: submodules are left out. */
    public static final String SOURCE_SUBMODULES = "source.submodules";

    /** Facts: path, count: files under Git LFS are pointers only. */
    public static final String SOURCE_LFS_POINTERS = "source.lfsPointers";

    /** Facts: file, line, said: not YAML. */
    public static final String SETTINGS_UNREADABLE = "settings.unreadable";

    /** Facts: file, line: YAML that is nested too deep, or that repeats a part by reference. */
    public static final String SETTINGS_TOO_COMPLEX = "settings.tooComplex";

    /** Facts: file, key, nearest. */
    public static final String SETTINGS_UNKNOWN_KEY = "settings.unknownKey";

    /** Facts: file, key, value, expected. */
    public static final String SETTINGS_WRONG_VALUE = "settings.wrongValue";

    /** Facts: key: known, but nothing is done with it so far. */
    public static final String SETTINGS_KEY_UNUSED = "settings.keyUnused";

    /** Facts: folder: no start, no page, no build. */
    public static final String DETECT_NOTHING_TO_START = "detect.nothingToStart";

    /** Facts: folders: each of them could be the app. */
    public static final String DETECT_SEVERAL_APPS = "detect.severalApps";

    /** Facts: root: the repository has no such folder. */
    public static final String DETECT_ROOT_MISSING = "detect.rootMissing";

    /** Facts: kind, file: a project of another kind. */
    public static final String DETECT_NOT_SUPPORTED = "detect.notSupported";

    /** Facts: file, said: a file of the project does not parse. */
    public static final String DETECT_UNREADABLE = "detect.unreadable";

    /** Facts: file, kilobytes: a file of the project is larger than is read. */
    public static final String DETECT_FILE_TOO_LARGE = "detect.fileTooLarge";

    /** Facts: file: a device, a pipe or a link that leads out, in place of a file. */
    public static final String DETECT_NOT_A_FILE = "detect.notAFile";

    /** Facts: count: so many findings are left out. */
    public static final String DETECT_MORE = "detect.more";

    /** Facts: wanted, installed: the project asks for another Node.js. */
    public static final String DETECT_NODE_OTHER = "detect.nodeOther";

    /** There is no Node.js on the server. */
    public static final String DETECT_NODE_MISSING = "detect.nodeMissing";

    /** Facts: script, command: runs a development server, not used. */
    public static final String DETECT_DEVELOPMENT_SERVER = "detect.developmentServer";

    /** Facts: used, ignored. */
    public static final String DETECT_TWO_LOCK_FILES = "detect.twoLockFiles";

    /** Versions are chosen anew at each deployment. */
    public static final String DETECT_NO_LOCK_FILE = "detect.noLockFile";

    /** Facts: file: a lock file of a package manager that is not supported. */
    public static final String DETECT_LOCK_OF_OTHER = "detect.lockOfOther";

    /** Facts: file: secrets may lie in the repository. */
    public static final String DETECT_ENV_COMMITTED = "detect.envCommitted";

    /** Facts: names: wanted by escale.yaml and not set. */
    public static final String DETECT_ENV_MISSING = "detect.envMissing";

    /** Facts: file: its script and arguments are used, its other settings are not. */
    public static final String DETECT_PM2_FILE = "detect.pm2File";

    /** The whole repository is the site. */
    public static final String DETECT_PUBLISHES_REPOSITORY = "detect.publishesRepository";

    /** Facts: file: recognised, but not used. */
    public static final String DETECT_FILE_UNUSED = "detect.fileUnused";

    /** The dependencies are those of an earlier release. */
    public static final String INSTALL_REUSED = "install.reused";

    /** The build wanted to change shared dependencies and got its own. */
    public static final String INSTALL_REPEATED = "install.repeated";

    /** Facts: command, code. */
    public static final String BUILD_COMMAND_FAILED = "build.commandFailed";

    /** Facts: command, seconds: killed with all it had started. */
    public static final String BUILD_TIMED_OUT = "build.timedOut";

    /** Facts: command, megabytes. */
    public static final String BUILD_OUT_OF_MEMORY = "build.outOfMemory";

    /** Facts: command, said. */
    public static final String BUILD_NOT_STARTED = "build.notStarted";

    /** Facts: command, file: lock file and package.json disagree. */
    public static final String BUILD_LOCK_OUTDATED = "build.lockOutdated";

    /** Facts: folders: the build left nothing to serve. */
    public static final String BUILD_OUTPUT_MISSING = "build.outputMissing";

    /** The agent is not root: the build ran as the agent's own user. */
    public static final String BUILD_UNCONFINED = "build.unconfined";

    /** The kernel offers no memory limit here. */
    public static final String BUILD_UNLIMITED = "build.unlimited";

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

    /** It is built; the deployment before is still watched, or something else changes the app. */
    public static final String WAITS_FOR_WATCH = "rollout.waits";

    /** Facts: code, seconds: the new release died after the switch. */
    public static final String WATCH_DIED = "watch.died";

    /** Facts: path, answer, seconds: the new release failed its checks after the switch. */
    public static final String WATCH_UNHEALTHY = "watch.unhealthy";

    /** Facts: count, seconds: connections to the old release that were closed, not waited for. */
    public static final String DRAIN_CUT = "drain.cut";

    /** Facts: release: the release before serves again. */
    public static final String TAKEN_BACK = "release.takenBack";

    /** Facts: result: the release command failed. */
    public static final String RELEASE_COMMAND_FAILED = "releaseCommand.failed";

    /** Facts: path: a shared path leads out of the release. */
    public static final String SHARED_ESCAPES = "shared.escapes";

    /** Facts: path: a shared path is a file, and only folders can be shared. */
    public static final String SHARED_FILE = "shared.file";

    /** Facts: path, release: a folder of the serving release becomes the shared one. */
    public static final String SHARED_TAKEN_OVER = "shared.takenOver";

    /** Facts: release, count, files: what the serving release has written and nothing keeps. */
    public static final String FILES_LEFT_BEHIND = "files.leftBehind";

    /** Facts: seconds: the control plane sent no certificate in time. */
    public static final String CERTIFICATE_MISSING = "certificate.missing";

    /** Facts: names: the control plane says that they are not the app's. */
    public static final String CERTIFICATE_NAMES_REFUSED = "certificate.namesRefused";

    /** Facts: reason: the control plane does not sign the request. */
    public static final String CERTIFICATE_REFUSED = "certificate.refused";

    /** Facts: reason: no key, request or usable certificate. */
    public static final String CERTIFICATE_FAILED = "certificate.failed";

    /** Cancelled by a person. */
    public static final String DEPLOYMENT_CANCELLED = "deployment.cancelled";

    /** Facts: seconds: ended by its time limit. */
    public static final String DEPLOYMENT_TIMED_OUT = "deployment.timedOut";

    /** The agent was restarted in the middle of it. */
    public static final String AGENT_RESTARTED = "agent.restarted";

    /** The ports of apps are open to the outside: closing them needs root. */
    public static final String PORTS_NEED_ROOT = "ports.needRoot";

    /** Likewise: there is no {@code nft} on the server. */
    public static final String PORTS_NEED_NFT = "ports.needNft";

    /** Facts: reason: likewise: nftables refused. */
    public static final String PORTS_REFUSED = "ports.refused";

    /** Likewise: nothing closes them now, and nothing speaks against it. */
    public static final String PORTS_OPEN = "ports.open";

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

    /** Facts: code: it died; PM2 starts it again and again. */
    public static final String APP_DOWN = "app.down";

    /** Its process is gone, and is started again. */
    public static final String APP_GONE = "app.gone";

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

    /** A query that means nothing. Facts: {@code code}, {@code part}. */
    public static final String QUERY_REFUSED = "query.refused";

    /** The search took as long as it may, and has not seen everything. */
    public static final String SEARCH_TIME = "search.time";

    /** The agent failed in a way nobody foresaw. Facts: {@code reason}. */
    public static final String AGENT_FAILURE = "agent.failure";

    /** The deployment was cancelled before it began. */
    public static final String DEPLOYMENT_CANCELLED_WAITING = "deployment.cancelledWaiting";

    private Notes() {}
}
