package dev.escale.control.deployment;

import dev.escale.control.db.Ids;

/** Names a deployment. */
public record DeploymentId(String value) {
    static DeploymentId random() {
        return new DeploymentId(Ids.random("dep"));
    }

    /** Events of this deployment. */
    public String topic() {
        return "deployment:" + value;
    }

    @Override
    public String toString() {
        return value;
    }
}
