package dev.escale.control.deployment;

import dev.escale.control.app.App;
import java.util.List;

/**
 * One page of an app's deployments, newest first.
 *
 * @param more whether there are older ones
 * @param newest whether it begins with the newest, so that it changes
 */
public record DeploymentList(
        App app, List<DeploymentFace> deployments, boolean more, boolean newest) {}
