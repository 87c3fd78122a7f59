package dev.escale.control.agentlink;

import dev.escale.protocol.Order;
import dev.escale.protocol.log.LogSource;
import java.util.List;
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
            case Order.OpenLog open -> new OrderSubject("openLog", app(open.sources()), null);
            case Order.SearchLog search ->
                    new OrderSubject("searchLog", app(search.sources()), null);
            case Order.CloseLog close -> new OrderSubject("closeLog", null, null);
            case Order.Leave leave -> new OrderSubject("leave", null, null);
        };
    }

    /**
     * @return null when it is of no app, or of several
     */
    private static @Nullable String app(List<LogSource> sources) {
        List<String> apps =
                sources.stream().map(LogSource::id).filter(id -> !id.isEmpty()).distinct().toList();
        return apps.size() == 1 ? apps.getFirst() : null;
    }
}
