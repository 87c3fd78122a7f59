package dev.escale.agent.watch;

/**
 * The process of a release that runs.
 *
 * @param app id
 * @param restarts since it was started by Escale
 */
public record AppProcess(String app, long pid, int restarts) {}
