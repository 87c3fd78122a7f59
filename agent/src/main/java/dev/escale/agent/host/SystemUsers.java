package dev.escale.agent.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The users that apps run and build as: system users without shell, home and password. They can be
 * made by root only; without root there are none, and all runs as the agent's own user.
 */
public final class SystemUsers {
    private static final int TAIL = 10;

    private final HostShell shell;
    private final boolean privileged;

    public SystemUsers(HostShell shell) {
        this(shell, "root".equals(System.getProperty("user.name")));
    }

    /** None at all, as without root. */
    public static SystemUsers none(HostShell shell) {
        return new SystemUsers(shell, false);
    }

    private SystemUsers(HostShell shell, boolean privileged) {
        this.shell = shell;
        this.privileged = privileged;
    }

    public boolean privileged() {
        return privileged;
    }

    /** The user that the app runs as; made if it is not there. Empty without root. */
    public Optional<HostUser> runtime(String app) throws IOException, InterruptedException {
        return existing("esc-" + tail(app));
    }

    /** The user that the app is built as; made if it is not there. Empty without root. */
    public Optional<HostUser> build(String app) throws IOException, InterruptedException {
        return existing("esb-" + tail(app));
    }

    /** Those of the two that exist. */
    public List<HostUser> of(String app) {
        return List.of("esc-" + tail(app), "esb-" + tail(app)).stream()
                .map(HostUser::new)
                .filter(user -> account(user).isPresent())
                .toList();
    }

    public void remove(HostUser user) throws IOException, InterruptedException {
        killAll(user);
        HostResult result = shell.run(HostCommand.of("userdel", user.name()));
        if (!result.succeeded() && account(user).isPresent()) {
            throw new IOException("userdel " + user.name() + ": " + result.summary());
        }
    }

    /** Ends every process of this user. */
    public void killAll(HostUser user) {
        account(user).ifPresent(account -> new UserProcesses(shell, user, account).end());
    }

    public Optional<Account> account(HostUser user) {
        try (var lines = Files.lines(Path.of("/etc/passwd"))) {
            return lines.map(line -> line.split(":"))
                    .filter(fields -> fields.length > 3 && fields[0].equals(user.name()))
                    .map(
                            fields ->
                                    new Account(
                                            Integer.parseInt(fields[2]),
                                            Integer.parseInt(fields[3])))
                    .findFirst();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private Optional<HostUser> existing(String name) throws IOException, InterruptedException {
        if (!privileged) {
            return Optional.empty();
        }
        var user = new HostUser(name);
        if (account(user).isEmpty()) {
            HostResult result = shell.run(HostCommand.of(UserCommands.add(user)));
            if (!result.succeeded() && account(user).isEmpty()) {
                throw new IOException("useradd " + name + ": " + result.summary());
            }
        }
        return Optional.of(user);
    }

    private static String tail(String app) {
        String tail = app.substring(app.indexOf('_') + 1);
        return tail.substring(0, Math.min(TAIL, tail.length()));
    }
}
