package dev.escale.control.source;

import dev.escale.control.app.App;
import java.io.IOException;
import org.eclipse.jgit.lib.Repository;

/** What was pushed, one bare repository for each app. */
interface Repositories {
    /**
     * Empty before the first push. To be closed by the caller.
     *
     * @throws IOException when it can be neither opened nor made
     */
    Repository open(App app) throws IOException;

    /** Nothing happens when there is none. */
    void remove(App app) throws IOException;
}
