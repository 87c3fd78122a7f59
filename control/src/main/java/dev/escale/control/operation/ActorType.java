package dev.escale.control.operation;

/** Who acts. Stored in lower case. */
public enum ActorType {
    PERSON,
    TOKEN,
    AGENT,
    SYSTEM;

    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
