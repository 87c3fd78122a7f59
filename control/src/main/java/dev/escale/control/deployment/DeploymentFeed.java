package dev.escale.control.deployment;

import dev.escale.control.db.Database;
import dev.escale.control.event.Event;
import dev.escale.control.event.Events;
import dev.escale.protocol.OutputLine;
import dev.escale.protocol.Step;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Tells pages and waiting pushes what happened, once it is committed. Rows are the truth: an event
 * says where to look.
 */
@Component
public class DeploymentFeed {
    private final Database database;
    private final Events events;

    DeploymentFeed(Database database, Events events) {
        this.database = database;
        this.events = events;
    }

    /** Its state, reason, revision or findings changed, or it is new. */
    void changed(Deployment deployment) {
        publish(deployment, deployment.id().topic(), "state", deployment.id());
        publish(deployment, "app:" + deployment.app(), "deployment", deployment.id());
        publish(deployment, "apps", "deployment", deployment.id());
    }

    void step(Deployment deployment, Step step) {
        publish(
                deployment,
                deployment.id().topic(),
                "step",
                new StepChanged(deployment.id(), step));
    }

    void output(Deployment deployment, long first, List<OutputLine> lines) {
        publish(deployment, deployment.id().topic(), "output", new OutputAdded(first, lines));
    }

    private void publish(Deployment deployment, String topic, String kind, Object detail) {
        database.afterCommit(
                () -> events.publish(new Event(deployment.team(), topic, kind, detail)));
    }

    /** Detail of {@code step}. */
    public record StepChanged(DeploymentId deployment, Step step) {}

    /**
     * Detail of {@code output}.
     *
     * @param first number of the first line, from 1
     */
    public record OutputAdded(long first, List<OutputLine> lines) {
        public OutputAdded {
            lines = List.copyOf(lines);
        }
    }
}
