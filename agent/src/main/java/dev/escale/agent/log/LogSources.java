package dev.escale.agent.log;

import dev.escale.protocol.log.LogSource;
import java.util.List;

/** The files of a source on this server. */
@FunctionalInterface
public interface LogSources {
    /**
     * @return empty when there is no such source here
     */
    List<LogFile> of(LogSource source);
}
