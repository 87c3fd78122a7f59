package dev.escale.control;

/** A text that does not show itself. */
public record SecretText(String value) {
    @Override
    public String toString() {
        return "•••";
    }
}
