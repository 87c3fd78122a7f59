package dev.escale.agent.command;

import dev.escale.protocol.AppSpec;
import dev.escale.protocol.EnvValue;
import dev.escale.protocol.Limits;
import dev.escale.protocol.Order;
import dev.escale.protocol.Overrides;
import dev.escale.protocol.Source;
import java.util.List;
import java.util.Map;

/** Orders to send. */
final class Orderly {
    private Orderly() {}

    static Order.Deploy deploy(String deployment, String app, String slug) {
        return new Order.Deploy(
                deployment,
                new AppSpec(app, slug, List.of(slug + ".localhost")),
                7,
                new Source("https://example.org/a.git", "main", null, null),
                Overrides.NONE,
                Map.of("KEY", new EnvValue("a secret value", true)),
                Limits.DEFAULT);
    }
}
