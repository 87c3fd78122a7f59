package dev.escale.agent.host;

/** Gets each line of a running program at once, of standard output and standard error alike. */
@FunctionalInterface
public interface OutputListener {
    /**
     * @param text without the end of line, UTF-8 repaired; a line over 64 KiB comes in pieces
     */
    void line(String text);
}
