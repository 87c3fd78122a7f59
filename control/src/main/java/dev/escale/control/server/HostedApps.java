package dev.escale.control.server;

import dev.escale.control.agentlink.ServerId;
import dev.escale.control.db.TeamId;
import dev.escale.control.operation.Actor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What runs on servers, as their pages show it. */
public interface HostedApps {
    /** Those that the reader may look at. */
    List<HostedApp> on(Actor reader, ServerId server);

    /** How many of those each server has; none for those that are left out. */
    Map<ServerId, Integer> counts(Actor reader);

    /**
     * The server is no more, and so are its apps: their rows, variables and code. Part of the
     * caller's transaction.
     */
    void removedWith(TeamId team, ServerId server);

    /**
     * @param state {@code serving}, {@code stopped}, {@code down}, {@code empty}
     * @param url null as long as it has none
     * @param release null when nothing serves
     */
    record HostedApp(
            String id, String slug, String state, @Nullable String url, @Nullable Long release) {}
}
