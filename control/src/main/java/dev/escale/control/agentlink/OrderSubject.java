package dev.escale.control.agentlink;

import dev.escale.protocol.Order;
import org.jspecify.annotations.Nullable;

/**
 * What an order is about, for the columns that can be searched while its text is sealed.
 *
 * @param kind the order's tag on the wire, such as {@code leave}
 */
public record OrderSubject(String kind, @Nullable String app, @Nullable String deployment) {

    static OrderSubject of(Order order) {
        return switch (order) {
            case Order.Deploy deploy ->
                    new OrderSubject("deploy", deploy.spec().id(), deploy.deployment());
            case Order.Serve serve ->
                    new OrderSubject("serve", serve.spec().id(), serve.deployment());
            case Order.Cancel cancel -> new OrderSubject("cancel", null, cancel.deployment());
            case Order.InstallCertificate install ->
                    new OrderSubject("installCertificate", install.app(), null);
            case Order.RefuseCertificate refuse ->
                    new OrderSubject("refuseCertificate", refuse.app(), null);
            case Order.ControlApp control -> new OrderSubject("controlApp", control.app(), null);
            case Order.RemoveApp remove -> new OrderSubject("removeApp", remove.app(), null);
            case Order.Survey survey -> new OrderSubject("survey", survey.app(), null);
            case Order.FollowAppLog follow -> new OrderSubject("followAppLog", follow.app(), null);
            case Order.Unfollow unfollow -> new OrderSubject("unfollow", null, null);
            case Order.Leave leave -> new OrderSubject("leave", null, null);
        };
    }
}
