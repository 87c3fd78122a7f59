package dev.escale.agent.watch;

import java.util.List;

/** Tells which processes of apps run. */
@FunctionalInterface
public interface AppProcesses {
    List<AppProcess> running() throws InterruptedException;
}
