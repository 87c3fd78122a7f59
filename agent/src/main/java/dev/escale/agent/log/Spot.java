package dev.escale.agent.log;

/**
 * A position as readers have it: of a record, and how many of its lines come before. Written {@code
 * 1234}, or {@code 1234.5}.
 */
public record Spot(long record, int line) {
    static final Spot BEGIN = new Spot(0, 0);

    /**
     * @return the beginning, when it is nonsense
     */
    static Spot parse(String text) {
        int dot = text.indexOf('.');
        try {
            return dot < 0
                    ? new Spot(Math.max(0, Long.parseLong(text)), 0)
                    : new Spot(
                            Math.max(0, Long.parseLong(text.substring(0, dot))),
                            Math.max(0, Integer.parseInt(text.substring(dot + 1))));
        } catch (NumberFormatException nonsense) {
            return BEGIN;
        }
    }

    static Spot of(long record) {
        return new Spot(record, 0);
    }

    Spot plus(int lines) {
        return new Spot(record, line + lines);
    }

    @Override
    public String toString() {
        return line == 0 ? Long.toString(record) : record + "." + line;
    }
}
