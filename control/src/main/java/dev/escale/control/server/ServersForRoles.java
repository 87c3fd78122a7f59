package dev.escale.control.server;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Scope;
import dev.escale.control.operation.Target;
import dev.escale.control.team.ScopeTargets;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Roles can be narrowed to servers, and what runs there. */
@Component
class ServersForRoles implements ScopeTargets {
    private final ServerTargets targets;

    ServersForRoles(ServerTargets targets) {
        this.targets = targets;
    }

    @Override
    public Scope.Kind kind() {
        return Scope.Kind.SERVER;
    }

    @Override
    public Optional<Target> find(Actor actor, String idOrName) {
        return targets.named(actor, idOrName).map(Server::target);
    }

    @Override
    public List<Target> all(Actor actor) {
        return targets.all(actor).stream().map(Server::target).toList();
    }
}
