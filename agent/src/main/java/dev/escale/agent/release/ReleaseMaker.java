package dev.escale.agent.release;

import dev.escale.agent.host.HostUser;
import dev.escale.agent.host.SystemUsers;
import dev.escale.protocol.Order;
import java.io.IOException;
import java.nio.file.Path;

/** Makes the release that a deployment wants to serve. */
record ReleaseMaker(AppDesk desk, DeploymentReporter reporter) {
    ReleasePlan build(Order.Deploy order, Builder builder)
            throws IOException, InterruptedException, BuildFailed {
        SystemUsers users = desk.host().users();
        HostUser user = users.build(order.spec().id()).orElse(null);
        desk.releases().create(order.release(), user);
        return builder.build(
                new BuildRequest(order, desk.folder(), user, Served.of(desk)), reporter);
    }

    /** What the release that serves has written where this one shares goes over to both. */
    void complete(long release, ReleasePlan plan)
            throws RolloutFailed, IOException, InterruptedException {
        HostUser user = desk.host().users().runtime(desk.spec().id()).orElse(null);
        String web = user == null ? null : desk.host().sites().setup().workersGroup().orElse(null);
        for (Path kept : new SharedPaths(desk.folder(), plan, Served.of(desk)).link()) {
            desk.releases().give(kept, user);
            if (web != null && plan.kind() == ReleasePlan.Kind.STATIC) {
                SiteAccess.group(kept, web);
            }
        }
        desk.releases().complete(release, plan, user, web);
    }
}
