package dev.escale.control.deployment;

import dev.escale.control.app.App;
import dev.escale.control.web.Page;
import dev.escale.protocol.AppState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an app looks on pages.
 *
 * @param newest its newest deployment
 */
public record AppFace(App app, Optional<DeploymentFace> newest) {

    /** For {@code data-state}. */
    public String state() {
        if (newest.filter(DeploymentFace::underWay).isPresent()) {
            return "working";
        }
        if (app.serving().release() == null) {
            return lastFailed() || takenBack() ? "failed" : "off";
        }
        if (down()) {
            return "failed";
        }
        if (app.process().state() == AppState.STOPPED) {
            return "off";
        }
        return takenBack() ? "back" : "live";
    }

    public String word(Page page) {
        return switch (state()) {
            case "working" -> newest.orElseThrow().word(page);
            case "live" -> page.say("page.app.state.serving");
            case "back" -> page.say("page.app.state.back", "release", app.serving().release());
            case "failed" ->
                    app.serving().release() == null
                            ? page.say("page.deployment.state.failed")
                            : page.say("page.app.state.down");
            default ->
                    app.serving().release() == null
                            ? page.say("page.app.state.empty")
                            : page.say("page.app.state.stopped");
        };
    }

    public boolean serves() {
        return app.serving().release() != null && app.process().state() != AppState.STOPPED;
    }

    /** Whether its server says that its process does not run, though it should. */
    public boolean down() {
        return app.process().state() == AppState.DOWN;
    }

    /** Whether somebody should look: it is down, failed or was taken back. */
    public boolean worthALook() {
        return state().equals("failed") || state().equals("back") || lastFailed();
    }

    /** The last attempt did not go live, while an older release serves. */
    public boolean lastFailed() {
        return newest.filter(each -> each.state().equals("failed")).isPresent();
    }

    public boolean takenBack() {
        return newest.filter(each -> each.state().equals("back")).isPresent();
    }

    public @Nullable String host() {
        return app.url() == null ? null : app.url().replace("https://", "");
    }
}
