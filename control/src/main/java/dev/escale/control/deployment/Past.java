package dev.escale.control.deployment;

import dev.escale.control.app.App;
import dev.escale.control.app.Variables;
import dev.escale.protocol.EnvValue;
import java.util.Map;
import org.springframework.stereotype.Component;

/** How the variables of apps were, and are. */
@Component
record Past(Environments environments, Variables variables) {

    /** Whether the release last served with others than those of now; false when not known. */
    boolean differs(App app, long release) {
        return environments.of(app, release).filter(then -> !same(app, then)).isPresent();
    }

    /** Whether the release last served with those of now; false when not known. */
    boolean same(App app, long release) {
        return environments.of(app, release).filter(then -> same(app, then)).isPresent();
    }

    private boolean same(App app, Variables.Then then) {
        Map<String, EnvValue> now = variables.values(app.team(), app.id());
        return then.comingBack(now).isEmpty() && then.going(now).isEmpty();
    }
}
