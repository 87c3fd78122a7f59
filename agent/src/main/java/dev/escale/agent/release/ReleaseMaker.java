package dev.escale.agent.release;

import dev.escale.agent.host.HostUser;
import dev.escale.agent.host.SystemUsers;
import dev.escale.protocol.Order;
import java.io.IOException;
import java.nio.file.Path;

/** Makes the release that a deployment wants to serve. What serves now is not touched. */
record ReleaseMaker(AppDesk desk, DeploymentReporter reporter) {
    ReleasePlan make(Order.Deploy order, Builder builder)
            throws RolloutFailed, IOException, InterruptedException, BuildFailed {
        ReleasePlan plan = build(order, builder);
        complete(order.release(), plan);
        return plan;
    }

    private ReleasePlan build(Order.Deploy order, Builder builder)
            throws IOException, InterruptedException, BuildFailed {
        SystemUsers users = desk.host().users();
        HostUser user = users.build(order.spec().id()).orElse(null);
        desk.releases().create(order.release(), user);
        return builder.build(new BuildRequest(order, desk.folder(), user), reporter);
    }

    private void complete(long release, ReleasePlan plan)
            throws RolloutFailed, IOException, InterruptedException {
        HostUser user = desk.host().users().runtime(desk.spec().id()).orElse(null);
        String web = user == null ? null : desk.host().sites().setup().workersGroup().orElse(null);
        for (Path kept : new SharedPaths(desk.folder(), plan).link()) {
            desk.releases().give(kept, user);
            if (web != null && plan.kind() == ReleasePlan.Kind.STATIC) {
                SiteAccess.group(kept, web);
            }
        }
        desk.releases().complete(release, plan, user, web);
    }
}
