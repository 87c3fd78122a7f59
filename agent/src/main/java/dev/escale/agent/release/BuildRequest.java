package dev.escale.agent.release;

import dev.escale.agent.host.HostUser;
import dev.escale.protocol.Order;
import org.jspecify.annotations.Nullable;

/**
 * @param folder of the app; the release is to be made in {@code folder.release(order.release())},
 *     which is there, empty, and belongs to the build user
 * @param user the app's build user; null when the agent is not root
 * @param served what it takes the place of; null when nothing runs
 */
public record BuildRequest(
        Order.Deploy order, AppFolder folder, @Nullable HostUser user, @Nullable Served served) {}
