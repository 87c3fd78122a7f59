package dev.escale.control.app;

import dev.escale.control.operation.Actor;
import java.util.Optional;

/** Makes a change of an app's settings take effect. */
public interface Redeploys {
    /**
     * Part of the caller's transaction.
     *
     * @return id of the deployment that will carry the environment as it is now to the app: a new
     *     one that serves the current release again, or one that waits already; empty when nothing
     *     serves
     */
    Optional<String> environmentChanged(Actor actor, App app);

    /** The app was removed: whatever waited or ran will not be reported on. */
    void removed(Actor actor, App app);
}
