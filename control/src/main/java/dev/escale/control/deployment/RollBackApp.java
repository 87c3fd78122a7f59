package dev.escale.control.deployment;

import dev.escale.control.app.App;
import dev.escale.control.app.AppTargets;
import dev.escale.control.app.Apps;
import dev.escale.control.app.Fingerprint;
import dev.escale.control.db.Database;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * {@code app.rollback}: serves a kept release again, without a build, with the environment as it is
 * now.
 */
@Component
public class RollBackApp implements Operation<RollBackApp.Input, Deployment> {
    private final Database database;
    private final Apps apps;
    private final AppTargets targets;
    private final Releases releases;
    private final DeploymentLedger ledger;
    private final Deployer deployer;

    RollBackApp(
            Database database,
            Apps apps,
            AppTargets targets,
            Releases releases,
            DeploymentLedger ledger,
            Deployer deployer) {
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
     */
    public record Input(String app, @Nullable Long release) {}

    @Override
    public String name() {
        return "app.rollback";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Target target(Actor actor, Input input) {
        return targets.target(actor, input.app());
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        App app = targets.app(actor.team(), input.app());
        String number = Long.toString(wanted(app, input).number());
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
                List.of(PlanItem.of("~", DeploymentNotes.PLAN_SERVE, "release", number)),
                List.of(PlanItem.of("~", DeploymentNotes.PLAN_RESTART, "app", app.slug())),
                List.of(),
                wayBack,
                false,
                Fingerprint.of(app.id(), number, app.currentRelease()));
    }

    @Override
    public Deployment apply(Actor actor, Input input, Plan plan) {
        return database.write(
                actor.team(),
                tx -> {
                    App app = targets.app(actor.team(), input.app());
                    apps.lock(app.team(), app.id());
                    Release release = wanted(app, input);
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
