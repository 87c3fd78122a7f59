package dev.escale.agent.nginx;

/**
 * A host name as DNS allows it (RFC 1123), in lower case: nothing that means anything to Nginx's
 * configuration can be part of it.
 */
public record Hostname(String text) {
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    public Hostname {
        if (text.length() > 253 || !text.matches(LABEL + "(\\." + LABEL + ")*")) {
            throw new IllegalArgumentException("not a host name");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
