package dev.escale.control.app;

import dev.escale.control.agentlink.Commands;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Fingerprint;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.Problem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import dev.escale.protocol.AppAction;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code app.start}, {@code app.stop} and {@code app.restart}, done when they are answered. */
public class ControlApp implements Operation<ControlApp.Input, App> {
    /** A restart may wait 30 s for the new process, and as long for requests to the old one. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final AppAction action;
    private final AppTargets targets;
    private final Commands commands;

    ControlApp(AppAction action, AppTargets targets, Commands commands) {
        this.action = action;
        this.targets = targets;
        this.commands = commands;
    }

    /**
     * @param app id or slug
     */
    public record Input(String app) {}

    boolean does(AppAction wanted) {
        return action == wanted;
    }

    @Override
    public String name() {
        return "app." + action.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Map<String, String> asked(Input input) {
        return Detail.of("app", input.app());
    }

    @Override
    public Target target(Actor actor, Input input) {
        return targets.target(actor, input.app());
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        App app = targets.app(actor, input.app());
        if (app.currentRelease().isEmpty()) {
            throw ProblemException.of(409, "app.nothingServes", "app", app.slug());
        }
        String print = Fingerprint.of(app.id(), app.currentRelease(), action);
        String slug = app.slug();
        return switch (action) {
            case START -> Plan.of(print, PlanItem.of("+", AppNotes.PLAN_START, "app", slug));
            case STOP -> Plan.of(print, PlanItem.of("~", AppNotes.PLAN_STOP, "app", slug));
            case RESTART ->
                    new Plan(
                            List.of(),
                            List.of(PlanItem.of("~", AppNotes.PLAN_RESTART, "app", slug)),
                            List.of(),
                            List.of(),
                            false,
                            print);
        };
    }

    @Override
    public App apply(Actor actor, Input input, Plan plan) {
        App app = targets.app(actor, input.app());
        Outcome outcome =
                commands.ask(
                        app.team(),
                        app.server(),
                        actor,
                        new Order.ControlApp(app.id().value(), action),
                        PATIENCE);
        return switch (outcome) {
            case Outcome.Done() -> targets.app(actor, app.id().value());
            case Outcome.Surveyed surveyed -> targets.app(actor, app.id().value());
            case Outcome.Failed failed ->
                    throw new ProblemException(
                            new Problem(
                                    "app.actionFailed",
                                    409,
                                    AppProblems.facts(app, failed.reason()),
                                    List.of()));
            case Outcome.Refused refused ->
                    throw new ProblemException(
                            new Problem(
                                    "app.actionRefused",
                                    409,
                                    AppProblems.facts(app, refused.reason()),
                                    List.of()));
            case Outcome.NotUnderstood() ->
                    throw ProblemException.of(409, "app.agentTooOld", "app", app.slug());
        };
    }
}
