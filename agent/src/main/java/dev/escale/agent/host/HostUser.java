package dev.escale.agent.host;

/** An account of this host that a process may run as. Its group has the same name. */
public record HostUser(String name) {
    public HostUser {
        if (!name.matches("[a-z_][a-z0-9_-]{0,31}")) {
            throw new IllegalArgumentException("not the name of a system user: " + name);
        }
    }
}
