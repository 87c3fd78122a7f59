package dev.escale.control.deployment;

import dev.escale.control.app.App;
import java.util.Optional;

/** What was pushed to Escale's own Git endpoint. */
public interface PushedCommits {
    /**
     * @param name branch, full ref, or (the beginning of) a commit's SHA-1
     * @return empty when no such thing was pushed
     */
    Optional<Revision> find(App app, String name);

    /** Where {@code git push} goes, and where agents fetch. */
    String pushUrl(App app);

    /** Where an agent fetches from. */
    String fetchUrl(App app);
}
