package dev.escale.control.app;

import dev.escale.control.api.Answer;
import dev.escale.control.api.Answers;
import dev.escale.control.api.ReadAtOnce;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Fault;
import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Reads;
import dev.escale.protocol.AppAction;
import dev.escale.protocol.Overrides;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Apps over REST. {@code app} in a path is an id or a slug. */
@RestController
@RequestMapping("/api/v1/apps")
class AppApi {
    private final Operations operations;
    private final AppOperations offered;
    private final AppTargets targets;
    private final Variables variables;
    private final Answer answer;

    AppApi(
            Operations operations,
            AppOperations offered,
            AppTargets targets,
            Variables variables,
            Answer answer) {
        this.operations = operations;
        this.offered = offered;
        this.targets = targets;
        this.variables = variables;
        this.answer = answer;
    }

    record Page(List<App> items, @Nullable String next) {}

    /**
     * @param settings all of them; null: as they are
     */
    record Changes(@Nullable String branch, @Nullable Overrides settings) {}

    record EnvironmentChanges(
            @Nullable Map<String, ChangeEnvironment.@Nullable Value> set,
            @Nullable Set<String> unset) {}

    record Action(@Nullable String action) {}

    @ReadAtOnce
    @GetMapping
    Page list(Actor actor) {
        return new Page(targets.all(actor), null);
    }

    @PostMapping
    @Answers(App.class)
    ResponseEntity<Object> create(
            Actor actor,
            @RequestBody CreateApp.Input input,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return answer.of(
                operations.run(actor, offered.create(), input, Mode.dryRun(dryRun)),
                HttpStatus.CREATED,
                actor.locale());
    }

    @ReadAtOnce
    @GetMapping("/{app}")
    App show(Actor actor, @PathVariable String app) {
        return targets.shown(actor, app);
    }

    @PatchMapping("/{app}")
    @Answers(App.class)
    ResponseEntity<Object> update(
            Actor actor,
            @PathVariable String app,
            @RequestBody Changes changes,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        var input = new UpdateApp.Input(app, changes.branch(), changes.settings());
        return answer.of(
                operations.run(actor, offered.update(), input, Mode.dryRun(dryRun)),
                HttpStatus.OK,
                actor.locale());
    }

    @DeleteMapping("/{app}")
    @Answers(App.class)
    ResponseEntity<Object> remove(
            Actor actor,
            @PathVariable String app,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return answer.of(
                operations.run(
                        actor, offered.remove(), new RemoveApp.Input(app), Mode.dryRun(dryRun)),
                HttpStatus.OK,
                actor.locale());
    }

    @ReadAtOnce
    @GetMapping("/{app}/env")
    AppView.EnvironmentShown environment(Actor actor, @PathVariable String app) {
        App found = targets.app(actor, app);
        Reads.check(actor, Reads.ENVIRONMENT, found.target());
        return AppView.show(variables.values(found.team(), found.id()), null);
    }

    @PatchMapping("/{app}/env")
    @Answers(AppView.EnvironmentShown.class)
    ResponseEntity<Object> changeEnvironment(
            Actor actor,
            @PathVariable String app,
            @RequestBody EnvironmentChanges changes,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        var input = new ChangeEnvironment.Input(app, changes.set(), changes.unset());
        return answer.of(
                operations.run(actor, offered.environment(), input, Mode.dryRun(dryRun)),
                HttpStatus.OK,
                actor.locale());
    }

    @PostMapping("/{app}/actions")
    @Answers(App.class)
    ResponseEntity<Object> act(
            Actor actor,
            @PathVariable String app,
            @RequestBody Action action,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return answer.of(
                operations.run(
                        actor,
                        offered.control(parse(action)),
                        new ControlApp.Input(app),
                        Mode.dryRun(dryRun)),
                HttpStatus.OK,
                actor.locale());
    }

    private static AppAction parse(Action action) {
        for (AppAction known : AppAction.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(action.action())) {
                return known;
            }
        }
        ProblemException.throwIfAny(
                List.of(Fault.of("action", "app.actionUnknown", "known", "start, stop, restart")));
        throw new IllegalStateException("unreachable");
    }
}
