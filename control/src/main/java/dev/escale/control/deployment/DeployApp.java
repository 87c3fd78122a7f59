package dev.escale.control.deployment;

import dev.escale.control.app.App;
import dev.escale.control.app.AppSource;
import dev.escale.control.app.AppTargets;
import dev.escale.control.app.Apps;
import dev.escale.control.db.Database;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Fault;
import dev.escale.control.operation.Fingerprint;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Origin;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import dev.escale.control.server.Server;
import dev.escale.protocol.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * {@code app.deploy}: queues a build of what was asked for. Older ones that still wait give way.
 * When just that serves already, nothing is built, unless it is forced.
 */
@Component
public class DeployApp implements Operation<DeployApp.Input, Deployment> {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern ABBREVIATED = Pattern.compile("[0-9a-f]{4,40}");
    private static final int LONGEST_REF = 250;

    private final Database database;
    private final Apps apps;
    private final AppTargets targets;
    private final PushedCommits pushed;
    private final DeploymentLedger ledger;
    private final Deployer deployer;
    private final Unchanged unchanged;

    DeployApp(
            Database database,
            Apps apps,
            AppTargets targets,
            PushedCommits pushed,
            DeploymentLedger ledger,
            Deployer deployer,
            Unchanged unchanged) {
        this.unchanged = unchanged;
        this.database = database;
        this.apps = apps;
        this.targets = targets;
        this.pushed = pushed;
        this.ledger = ledger;
        this.deployer = deployer;
    }

    /**
     * @param app id or slug
     * @param ref branch or full ref; null: the one that the app follows
     * @param commit null: the newest of the ref
     * @param force build even when the same commit serves already, with the same settings and
     *     variables
     */
    public record Input(
            String app, @Nullable String ref, @Nullable String commit, @Nullable Boolean force) {
        boolean forced() {
            return Boolean.TRUE.equals(force);
        }
    }

    @Override
    public String name() {
        return "app.deploy";
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
                "ref",
                input.ref(),
                "commit",
                input.commit(),
                "force",
                input.forced() ? "true" : null);
    }

    @Override
    public Map<String, String> came(Deployment queued) {
        return Detail.of(
                "deployment",
                queued.id().value(),
                "number",
                queued.number(),
                "status",
                queued.state().text(),
                "commit",
                queued.revision().commit());
    }

    @Override
    public Target target(Actor actor, Input input) {
        return targets.target(actor, input.app());
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        App app = targets.app(actor, input.app());
        ProblemException.throwIfAny(faults(app, input));
        Revision revision = revision(app, input);
        Optional<Long> serving = serving(app, input, revision);
        if (serving.isPresent()) {
            return Plan.of(
                    Fingerprint.of(app.id(), revision.commit(), app.currentRelease(), "unchanged"),
                    new PlanItem("=", unchanged(revision, serving.get())));
        }
        List<PlanItem> changes = new ArrayList<>();
        changes.add(
                PlanItem.of(
                        "+",
                        DeploymentNotes.PLAN_DEPLOY,
                        "what",
                        what(revision),
                        "app",
                        app.slug(),
                        "server",
                        targets.server(app).map(Server::name).orElse(app.server().value())));
        ledger.open(app.team(), app.id()).stream()
                .filter(Deployment::waiting)
                .forEach(
                        each ->
                                changes.add(
                                        PlanItem.of(
                                                "-",
                                                DeploymentNotes.PLAN_SUPERSEDE,
                                                "number",
                                                Long.toString(each.number()))));
        List<PlanItem> wayBack =
                app.currentRelease()
                        .map(
                                release ->
                                        PlanItem.of(
                                                "=",
                                                DeploymentNotes.PLAN_KEEP_RELEASE,
                                                "release",
                                                Long.toString(release)))
                        .map(List::of)
                        .orElse(List.of());
        return new Plan(
                changes,
                List.of(),
                List.of(),
                wayBack,
                false,
                Fingerprint.of(app.id(), revision.commit(), app.currentRelease()));
    }

    @Override
    public Deployment apply(Actor actor, Input input, Plan plan) {
        return database.write(
                actor.team(),
                tx -> {
                    App app = targets.app(actor, input.app());
                    apps.lock(app.team(), app.id());
                    Trigger trigger =
                            actor.origin().via() == Origin.Via.GIT ? Trigger.PUSH : Trigger.MANUAL;
                    Revision revision = revision(app, input);
                    Optional<Long> serving = serving(app, input, revision);
                    Deployment queued = ledger.queue(app, actor, trigger, revision, null);
                    serving.ifPresentOrElse(
                            release -> ledger.skipped(queued, unchanged(revision, release)),
                            () -> deployer.advance(app.team(), app.id()));
                    return ledger.now(queued);
                });
    }

    private Optional<Long> serving(App app, Input input, Revision revision) {
        return input.forced() ? Optional.empty() : unchanged.serves(app, revision);
    }

    private static Note unchanged(Revision revision, long release) {
        return Note.of(
                DeploymentNotes.UNCHANGED,
                "commit",
                what(revision),
                "release",
                Long.toString(release));
    }

    private static List<Fault> faults(App app, Input input) {
        List<Fault> faults = new ArrayList<>();
        String ref = input.ref();
        if (ref != null && !validRef(ref)) {
            faults.add(Fault.of("ref", "deployment.refInvalid"));
        }
        String commit = input.commit();
        boolean foreign = app.source() instanceof AppSource.Git;
        if (commit != null && !(foreign ? COMMIT : ABBREVIATED).matcher(commit).matches()) {
            faults.add(
                    Fault.of(
                            "commit",
                            foreign ? "deployment.commitNotWhole" : "deployment.commitInvalid"));
        }
        return faults;
    }

    private static boolean validRef(String ref) {
        String full = ref.startsWith("refs/") ? ref : "refs/heads/" + ref;
        return ref.length() <= LONGEST_REF
                && !ref.startsWith("-")
                && Repository.isValidRefName(full);
    }

    private Revision revision(App app, Input input) {
        String ref = input.ref() == null ? app.branch() : input.ref();
        return switch (app.source()) {
            case AppSource.Git git -> new Revision(ref, input.commit(), null, null);
            case AppSource.Escale() -> pushedRevision(app, ref, input.commit());
        };
    }

    private Revision pushedRevision(App app, @Nullable String ref, @Nullable String commit) {
        if (ref == null && commit == null) {
            throw ProblemException.of(
                    409, "deployment.nothingPushed", "app", app.slug(), "url", pushed.pushUrl(app));
        }
        String wanted = commit == null ? String.valueOf(ref) : commit;
        Revision found =
                pushed.find(app, wanted)
                        .orElseThrow(
                                () ->
                                        ProblemException.of(
                                                409,
                                                "deployment.notPushed",
                                                "app",
                                                app.slug(),
                                                "what",
                                                wanted,
                                                "url",
                                                pushed.pushUrl(app)));
        return new Revision(
                ref == null ? found.ref() : ref, found.commit(), found.subject(), found.author());
    }

    private static String what(Revision revision) {
        String commit = revision.commit();
        String ref = revision.ref();
        return commit == null ? (ref == null ? "HEAD" : ref) : commit.substring(0, 7);
    }
}
