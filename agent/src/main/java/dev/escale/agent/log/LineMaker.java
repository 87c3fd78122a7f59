package dev.escale.agent.log;

import dev.escale.protocol.log.LogLine;
import java.util.List;

/**
 * Makes lines for people of the records of one log file, in order. It may hold the last line back,
 * because what comes next can belong to it. Not thread-safe.
 */
public interface LineMaker {
    /**
     * @param lines that are complete now are added here
     */
    void take(RawRecord record, List<LogLine> lines);

    /** Nothing comes for the moment: what is held back goes as it is. */
    void flush(List<LogLine> lines);

    /**
     * Position of what is held back: a reader who comes back must begin there.
     *
     * @return empty when nothing is
     */
    String held();

    /** How many lines stand in these bytes, for those that are skipped. */
    long count(byte[] bytes, int length);
}
