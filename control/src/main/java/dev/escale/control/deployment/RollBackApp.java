package dev.escale.control.deployment;

import dev.escale.control.app.App;
import dev.escale.control.app.AppTargets;
import dev.escale.control.app.Apps;
import dev.escale.control.app.Variables;
import dev.escale.control.db.Database;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Fingerprint;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * {@code app.rollback}: serves a kept release again, without a build, with the variables as they
 * are now or as they were then.
 */
@Component
public class RollBackApp implements Operation<RollBackApp.Input, Deployment> {
    private final Database database;
    private final Apps apps;
    private final AppTargets targets;
    private final Releases releases;
    private final DeploymentLedger ledger;
    private final Deployer deployer;
    private final Past past;

    RollBackApp(
            Database database,
            Apps apps,
            AppTargets targets,
            Releases releases,
            DeploymentLedger ledger,
            Deployer deployer,
            Past past) {
        this.past = past;
        this.database = database;
        this.apps = apps;
        this.targets = targets;
        this.releases = releases;
        this.ledger = ledger;
        this.deployer = deployer;
    }

    /**
     * @param app id or slug
     * @param release null: the newest kept one from before the one that serves
     * @param configuration null: as now
     */
    public record Input(String app, @Nullable Long release, @Nullable Moment configuration) {
        boolean then() {
            return configuration == Moment.THEN;
        }
    }

    /** Which variables the release gets. */
    public enum Moment {
        /** Those that it last served with; they become the app's own again. */
        THEN,
        NOW
    }

    @Override
    public String name() {
        return "app.rollback";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Map<String, String> asked(Input input) {
        return Detail.of(
                "app",
                input.app(),
                "release",
                input.release(),
                "configuration",
                input.configuration());
    }

    @Override
    public Map<String, String> came(Deployment queued) {
        return Detail.of(
                "deployment",
                queued.id().value(),
                "number",
                queued.number(),
                "release",
                queued.release());
    }

    @Override
    public Target target(Actor actor, Input input) {
        return targets.target(actor, input.app());
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        App app = targets.app(actor, input.app());
        Release release = wanted(app, input);
        String number = Long.toString(release.number());
        List<PlanItem> changes = new ArrayList<>();
        changes.add(PlanItem.of("~", DeploymentNotes.PLAN_SERVE, "release", number));
        changes.addAll(variables(app, input, release));
        String print =
                Fingerprint.of(
                        app.id(),
                        number,
                        app.currentRelease(),
                        changes.stream().map(PlanItem::toString).toList());
        changes.addAll(givingWay(app));
        List<PlanItem> wayBack =
                app.currentRelease()
                        .map(
                                current ->
                                        PlanItem.of(
                                                "=",
                                                DeploymentNotes.PLAN_KEEP_RELEASE,
                                                "release",
                                                Long.toString(current)))
                        .map(List::of)
                        .orElse(List.of());
        return new Plan(
                changes,
                List.of(PlanItem.of("~", DeploymentNotes.PLAN_RESTART, "app", app.slug())),
                List.of(),
                wayBack,
                false,
                print);
    }

    /** Not part of what the plan rests on: a build that begins or ends must not refuse it. */
    private List<PlanItem> givingWay(App app) {
        return ledger.open(app.team(), app.id()).stream()
                .filter(each -> !each.state().decided())
                .map(
                        each ->
                                PlanItem.of(
                                        "-",
                                        each.waiting()
                                                ? DeploymentNotes.PLAN_SUPERSEDE
                                                : DeploymentNotes.PLAN_GIVES_WAY,
                                        "number",
                                        Long.toString(each.number())))
                .toList();
    }

    private List<PlanItem> variables(App app, Input input, Release release) {
        if (!input.then()) {
            return List.of();
        }
        Variables.Then then = then(app, release);
        var now = past.variables().values(app.team(), app.id());
        String number = Long.toString(release.number());
        var items = new ArrayList<PlanItem>();
        for (String name : then.comingBack(now)) {
            String symbol = now.containsKey(name) ? "~" : "+";
            items.add(
                    PlanItem.of(
                            symbol,
                            DeploymentNotes.PLAN_VARIABLE_BACK,
                            "name",
                            name,
                            "release",
                            number));
        }
        for (String name : then.going(now)) {
            items.add(
                    PlanItem.of(
                            "-",
                            DeploymentNotes.PLAN_VARIABLE_GONE,
                            "name",
                            name,
                            "release",
                            number));
        }
        return items;
    }

    private Variables.Then then(App app, Release release) {
        return past.environments()
                .of(app, release.number())
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        409,
                                        "rollback.variablesUnknown",
                                        "release",
                                        Long.toString(release.number())));
    }

    @Override
    public Deployment apply(Actor actor, Input input, Plan plan) {
        return database.write(
                actor.team(),
                tx -> {
                    App app = targets.app(actor, input.app());
                    apps.lock(app.team(), app.id());
                    Release release = wanted(app, input);
                    if (input.then()) {
                        past.variables().restore(app, then(app, release));
                    }
                    var revision = new Revision(null, release.commit(), release.subject(), null);
                    Deployment queued =
                            ledger.queue(app, actor, Trigger.ROLLBACK, revision, release.number());
                    deployer.advance(app.team(), app.id());
                    return ledger.now(queued);
                });
    }

    private Release wanted(App app, Input input) {
        Long number = input.release();
        if (number == null) {
            return releases.previous(app)
                    .orElseThrow(
                            () -> ProblemException.of(409, "rollback.noneKept", "app", app.slug()));
        }
        Release release =
                releases.find(app, number)
                        .filter(Release::kept)
                        .orElseThrow(
                                () ->
                                        ProblemException.of(
                                                409,
                                                "rollback.notKept",
                                                "app",
                                                app.slug(),
                                                "release",
                                                Long.toString(number),
                                                "kept",
                                                kept(app)));
        if (release.current()) {
            throw ProblemException.of(
                    409, "rollback.servesAlready", "release", Long.toString(number));
        }
        return release;
    }

    private String kept(App app) {
        List<String> numbers =
                releases.of(app).stream()
                        .filter(Release::kept)
                        .map(each -> Long.toString(each.number()))
                        .toList();
        return numbers.isEmpty() ? "–" : String.join(", ", numbers);
    }
}
