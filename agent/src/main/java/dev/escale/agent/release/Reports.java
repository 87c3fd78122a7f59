package dev.escale.agent.release;

import dev.escale.protocol.Note;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is told from a server's apps besides the deployments that were ordered. */
public interface Reports {
    /** For a deployment that was under way when the agent died. */
    DeploymentReporter resume(String deployment, String app);

    /**
     * For an app that serves, as its certificate ends soon.
     *
     * @param csr PKCS#10 PEM
     */
    void certificateWanted(String app, List<String> names, String csr);

    /** The app's process changed, by itself or by a person. */
    void appChanged(String app, dev.escale.protocol.AppState now, @Nullable Note note);
}
