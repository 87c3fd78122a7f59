package dev.escale.control.app;

import dev.escale.protocol.AppAction;
import java.util.List;
import org.springframework.stereotype.Component;

/** What can be done to apps, for the doors. */
@Component
public class AppOperations {
    private final CreateApp create;
    private final UpdateApp update;
    private final RemoveApp remove;
    private final ChangeEnvironment environment;
    private final List<ControlApp> controls;

    AppOperations(
            CreateApp create,
            UpdateApp update,
            RemoveApp remove,
            ChangeEnvironment environment,
            List<ControlApp> controls) {
        this.create = create;
        this.update = update;
        this.remove = remove;
        this.environment = environment;
        this.controls = List.copyOf(controls);
    }

    public CreateApp create() {
        return create;
    }

    public UpdateApp update() {
        return update;
    }

    public RemoveApp remove() {
        return remove;
    }

    public ChangeEnvironment environment() {
        return environment;
    }

    public ControlApp control(AppAction action) {
        return controls.stream()
                .filter(each -> each.does(action))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing does " + action));
    }
}
