package dev.escale.control.db;

/** The tenant that a row belongs to and a transaction runs for. */
public record TeamId(String value) {
    public TeamId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a team id is not blank");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
