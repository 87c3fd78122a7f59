package dev.escale.control.deployment;

import dev.escale.control.app.App;
import dev.escale.control.app.AppSource;
import dev.escale.control.app.Variables;
import dev.escale.control.server.SiteAddress;
import dev.escale.protocol.AppSpec;
import dev.escale.protocol.Limits;
import dev.escale.protocol.Order;
import dev.escale.protocol.Source;
import java.util.List;
import org.springframework.stereotype.Component;

/** Puts a deployment into the words of the protocol, with everything as it is now. */
@Component
class OrderWriter {
    static final Limits LIMITS = Limits.DEFAULT;

    private final Variables variables;
    private final PushedCommits pushed;
    private final FetchTokens tokens;

    OrderWriter(Variables variables, PushedCommits pushed, FetchTokens tokens) {
        this.variables = variables;
        this.pushed = pushed;
        this.tokens = tokens;
    }

    Order order(Deployment deployment, App app, SiteAddress site, long release) {
        var spec = new AppSpec(app.id().value(), app.slug(), List.of(site.name(app.slug())));
        var env = variables.values(app.team(), app.id());
        return deployment.trigger().servesKeptRelease()
                ? new Order.Serve(deployment.id().value(), spec, release, env, LIMITS)
                : new Order.Deploy(
                        deployment.id().value(),
                        spec,
                        release,
                        source(deployment, app),
                        app.settings(),
                        env,
                        LIMITS);
    }

    private Source source(Deployment deployment, App app) {
        Revision revision = deployment.revision();
        String ref = revision.ref() == null ? "HEAD" : revision.ref();
        return switch (app.source()) {
            case AppSource.Escale() ->
                    new Source(
                            pushed.fetchUrl(app), ref, revision.commit(), tokens.issue(deployment));
            case AppSource.Git(String url) -> new Source(url, ref, revision.commit(), null);
        };
    }
}
