package dev.escale.control.deployment;

import dev.escale.control.api.Answer;
import dev.escale.control.api.Answers;
import dev.escale.control.api.ReadAtOnce;
import dev.escale.control.app.App;
import dev.escale.control.app.AppTargets;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Fault;
import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** An app's deployments and releases over REST. */
@RestController
@RequestMapping("/api/v1/apps/{app}")
class AppDeploymentsApi {
    private static final int MOST = 200;

    private final Operations operations;
    private final DeployApp deploy;
    private final RollBackApp rollBack;
    private final AppTargets targets;
    private final Deployments deployments;
    private final Releases releases;
    private final Answer answer;

    AppDeploymentsApi(
            Operations operations,
            DeployApp deploy,
            RollBackApp rollBack,
            AppTargets targets,
            Deployments deployments,
            Releases releases,
            Answer answer) {
        this.operations = operations;
        this.deploy = deploy;
        this.rollBack = rollBack;
        this.targets = targets;
        this.deployments = deployments;
        this.releases = releases;
        this.answer = answer;
    }

    /**
     * @param next as {@code before} of the next page; null on the last one
     */
    record Page<T>(List<T> items, @Nullable String next) {}

    record Wanted(@Nullable String ref, @Nullable String commit, @Nullable Boolean force) {}

    /**
     * @param configuration {@code then}: the variables that the release last served with; {@code
     *     now} if left out
     */
    record RollBack(@Nullable Long release, @Nullable String configuration) {}

    @ReadAtOnce
    @GetMapping("/deployments")
    Page<Deployment> list(
            Actor actor,
            @PathVariable String app,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(defaultValue = "9223372036854775807") long before) {
        App found = targets.shown(actor, app);
        int size = Math.clamp(limit, 1, MOST);
        List<Deployment> page = deployments.ofApp(actor.team(), found.id(), size, before);
        boolean more = page.size() == size && page.getLast().number() > 1;
        return new Page<>(page, more ? Long.toString(page.getLast().number()) : null);
    }

    @PostMapping("/deployments")
    @Answers(Deployment.class)
    ResponseEntity<Object> deploy(
            Actor actor,
            @PathVariable String app,
            @RequestBody(required = false) @Nullable Wanted wanted,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        var input =
                wanted == null
                        ? new DeployApp.Input(app, null, null, null)
                        : new DeployApp.Input(app, wanted.ref(), wanted.commit(), wanted.force());
        return answer.of(
                operations.run(actor, deploy, input, Mode.dryRun(dryRun)),
                HttpStatus.CREATED,
                actor.locale());
    }

    @ReadAtOnce
    @GetMapping("/releases")
    Page<ReleaseShown> releases(Actor actor, @PathVariable String app) {
        App found = targets.shown(actor, app);
        return new Page<>(releases.of(found).stream().map(ReleaseShown::of).toList(), null);
    }

    @PostMapping("/rollback")
    @Answers(Deployment.class)
    ResponseEntity<Object> rollBack(
            Actor actor,
            @PathVariable String app,
            @RequestBody(required = false) @Nullable RollBack wanted,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        Long release = wanted == null ? null : wanted.release();
        var configuration = configuration(wanted == null ? null : wanted.configuration());
        return answer.of(
                operations.run(
                        actor,
                        rollBack,
                        new RollBackApp.Input(app, release, configuration),
                        Mode.dryRun(dryRun)),
                HttpStatus.CREATED,
                actor.locale());
    }

    private static RollBackApp.@Nullable Moment configuration(@Nullable String text) {
        return switch (text) {
            case null -> null;
            case "then" -> RollBackApp.Moment.THEN;
            case "now" -> RollBackApp.Moment.NOW;
            default -> {
                ProblemException.throwIfAny(
                        List.of(
                                Fault.of(
                                        "configuration",
                                        "rollback.configurationUnknown",
                                        "known",
                                        "then, now")));
                yield null;
            }
        };
    }

    record ReleaseShown(
            long number,
            String deployment,
            @Nullable String commit,
            @Nullable String subject,
            boolean kept,
            boolean current,
            java.time.Instant createdAt) {
        static ReleaseShown of(Release release) {
            return new ReleaseShown(
                    release.number(),
                    release.deployment().value(),
                    release.commit(),
                    release.subject(),
                    release.kept(),
                    release.current(),
                    release.createdAt());
        }
    }
}
