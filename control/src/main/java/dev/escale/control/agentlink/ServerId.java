package dev.escale.control.agentlink;

/** Names a server: the far end of a link. */
public record ServerId(String value) {
    public ServerId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a server id is not blank");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
