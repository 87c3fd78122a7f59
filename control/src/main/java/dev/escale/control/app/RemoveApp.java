package dev.escale.control.app;

import dev.escale.control.agentlink.Commands;
import dev.escale.control.db.Database;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Fingerprint;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import dev.escale.control.server.Holdings;
import dev.escale.control.server.Server;
import dev.escale.protocol.Holding;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * {@code app.remove}: everything of it, here and on its server. When the server is away, it removes
 * its part as soon as it is back.
 */
@Component
public class RemoveApp implements Operation<RemoveApp.Input, App> {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    static final Duration VALIDITY = Duration.ofDays(30);

    private final Database database;
    private final Apps apps;
    private final AppTargets targets;
    private final Commands commands;
    private final AppRemoval removal;
    private final Clock clock;

    RemoveApp(
            Database database,
            Apps apps,
            AppTargets targets,
            Commands commands,
            AppRemoval removal,
            Clock clock) {
        this.database = database;
        this.apps = apps;
        this.targets = targets;
        this.commands = commands;
        this.removal = removal;
        this.clock = clock;
    }

    /**
     * @param app id or slug
     */
    public record Input(String app) {}

    @Override
    public String name() {
        return "app.remove";
    }

    @Override
    public boolean destructive() {
        return true;
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
        Optional<Server> host = targets.server(app);
        String server = host.map(Server::name).orElse(app.server().value());
        List<Holding> holdings =
                host.filter(Server::online).map(online -> survey(actor, app)).orElse(List.of());
        List<PlanItem> changes = new ArrayList<>();
        changes.add(PlanItem.of("-", AppNotes.PLAN_REMOVE, "app", app.slug(), "server", server));
        List<PlanItem> lost = new ArrayList<>();
        List<PlanItem> restarts = new ArrayList<>();
        holdings.forEach(each -> (Holdings.isLost(each) ? lost : changes).add(Holdings.item(each)));
        if (!holdings.isEmpty()) {
            restarts.add(PlanItem.of("~", AppNotes.PLAN_NGINX_RELOADS));
        }
        if (host.filter(Server::online).isEmpty()) {
            lost.add(PlanItem.of("!", AppNotes.PLAN_REMOVE_UNSEEN, "server", server));
        }
        List<PlanItem> wayBack = new ArrayList<>();
        if (app.source() instanceof AppSource.Escale) {
            lost.add(PlanItem.of("-", AppNotes.PLAN_REMOVE_REPOSITORY, "app", app.slug()));
        }
        wayBack.add(PlanItem.of("=", AppNotes.PLAN_PUSH_AGAIN, "app", app.slug()));
        return new Plan(
                changes,
                restarts,
                lost,
                wayBack,
                true,
                Fingerprint.of(app.id(), app.currentRelease(), names(holdings)));
    }

    @Override
    public App apply(Actor actor, Input input, Plan plan) {
        App app = targets.app(actor, input.app());
        database.write(
                app.team(),
                tx -> {
                    apps.lock(app.team(), app.id());
                    apps.remove(app, clock.instant());
                    removal.forget(actor, app);
                    if (targets.server(app).isPresent()) {
                        commands.queue(
                                tx,
                                app.team(),
                                app.server(),
                                actor,
                                new Order.RemoveApp(app.id().value()),
                                VALIDITY);
                    }
                    return app;
                });
        return app;
    }

    private List<Holding> survey(Actor actor, App app) {
        Outcome outcome =
                commands.ask(
                        app.team(),
                        app.server(),
                        actor,
                        new Order.Survey(app.id().value()),
                        PATIENCE);
        return switch (outcome) {
            case Outcome.Surveyed surveyed -> surveyed.holdings();
            case Outcome.Done() -> List.of();
            case Outcome.Failed failed -> throw surveyFailed(app, failed.reason().code());
            case Outcome.Refused refused -> throw surveyFailed(app, refused.reason().code());
            case Outcome.NotUnderstood() -> throw surveyFailed(app, "command.notUnderstood");
        };
    }

    private static ProblemException surveyFailed(App app, String note) {
        return ProblemException.of(409, "app.surveyFailed", "app", app.slug(), "note", note);
    }

    /** Without sizes: logs grow while somebody reads the plan. */
    private static List<String> names(List<Holding> holdings) {
        return holdings.stream()
                .sorted(Comparator.comparing(Holding::kind).thenComparing(Holding::name))
                .map(holding -> holding.kind() + " " + holding.name())
                .toList();
    }
}
