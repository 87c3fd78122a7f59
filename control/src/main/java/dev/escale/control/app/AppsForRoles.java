package dev.escale.control.app;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Scope;
import dev.escale.control.operation.Target;
import dev.escale.control.team.ScopeTargets;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Roles can be narrowed to apps. */
@Component
class AppsForRoles implements ScopeTargets {
    private final AppTargets targets;
    private final Apps apps;

    AppsForRoles(AppTargets targets, Apps apps) {
        this.targets = targets;
        this.apps = apps;
    }

    @Override
    public Scope.Kind kind() {
        return Scope.Kind.APP;
    }

    @Override
    public Optional<Target> find(Actor actor, String idOrName) {
        return apps.named(actor.team(), idOrName)
                .map(App::target)
                .filter(target -> actor.grants().touches(target));
    }

    @Override
    public List<Target> all(Actor actor) {
        return targets.all(actor).stream().map(App::target).toList();
    }
}
