package dev.escale.control.agentlink;

/** Names a command for its whole life: a signature may be made anew, the id never. */
public record CommandId(String value) {
    public CommandId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a command id is not blank");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
