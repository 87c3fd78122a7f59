package dev.escale.agent.build;

import dev.escale.agent.build.detect.Project;
import org.jspecify.annotations.Nullable;

/**
 * What there is to do, and with which Node.js.
 *
 * @param node null when none is installed, and then the project needs none
 */
record Detected(Project project, NodeProgram.@Nullable Found node) {
    /** For a site without a process any path will do. */
    String nodeExecutable() {
        return node == null ? "/usr/bin/node" : node.executable().toString();
    }

    String nodeVersion() {
        return node == null ? "" : node.version();
    }
}
