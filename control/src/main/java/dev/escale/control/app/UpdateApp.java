package dev.escale.control.app;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Fingerprint;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import dev.escale.protocol.Overrides;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code app.update}: takes effect with the next deployment. */
@Component
public class UpdateApp implements Operation<UpdateApp.Input, App> {
    private final Apps apps;
    private final AppTargets targets;
    private final AppFeed feed;

    UpdateApp(Apps apps, AppTargets targets, AppFeed feed) {
        this.apps = apps;
        this.targets = targets;
        this.feed = feed;
    }

    /**
     * @param app id or slug
     * @param branch null: stays
     * @param settings all of them, those left out being detected again; null: stay
     */
    public record Input(String app, @Nullable String branch, @Nullable Overrides settings) {}

    @Override
    public String name() {
        return "app.update";
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
                "branch",
                input.branch(),
                "settings",
                AppDetail.settings(input.settings()));
    }

    @Override
    public Target target(Actor actor, Input input) {
        return targets.target(actor, input.app());
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        var check = new SettingsCheck().branch(input.branch());
        if (input.settings() != null) {
            check.settings(input.settings());
        }
        ProblemException.throwIfAny(check.faults());
        App app = targets.app(actor, input.app());
        List<PlanItem> changes = new ArrayList<>();
        if (input.branch() != null && !input.branch().equals(app.branch())) {
            changes.add(PlanItem.of("~", AppNotes.PLAN_BRANCH, "branch", input.branch()));
        }
        if (input.settings() != null && !input.settings().equals(app.settings())) {
            changes.add(PlanItem.of("~", AppNotes.PLAN_SETTINGS));
        }
        return new Plan(
                changes,
                List.of(),
                List.of(),
                List.of(),
                false,
                Fingerprint.of(app.id(), app.branch(), app.settings()));
    }

    @Override
    public App apply(Actor actor, Input input, Plan plan) {
        App app = targets.app(actor, input.app());
        apps.update(
                app,
                input.branch() == null ? app.branch() : input.branch(),
                input.settings() == null ? app.settings() : input.settings());
        feed.tell(app.team(), app.id(), "updated");
        return targets.app(actor, app.id().value());
    }
}
