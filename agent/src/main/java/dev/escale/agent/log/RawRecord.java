package dev.escale.agent.log;

/**
 * What stands in a log file up to the end of a line.
 *
 * @param position of its first byte
 * @param next position behind it
 * @param text without the line's end, UTF-8 repaired
 * @param cut whether it was longer than is read
 */
public record RawRecord(long position, long next, String text, boolean cut) {}
