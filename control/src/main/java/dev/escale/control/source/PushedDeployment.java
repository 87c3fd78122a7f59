package dev.escale.control.source;

import dev.escale.control.app.App;
import dev.escale.control.deployment.DeployApp;
import dev.escale.control.deployment.Deployment;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.Problem;
import dev.escale.control.operation.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Deploys what was pushed and tells the pusher how it goes. */
@Component
class PushedDeployment {
    private static final Logger LOG = LoggerFactory.getLogger(PushedDeployment.class);

    private final Operations operations;
    private final DeployApp deploy;
    private final PendingPushes pending;
    private final PushNarrator narrator;

    PushedDeployment(
            Operations operations, DeployApp deploy, PendingPushes pending, PushNarrator narrator) {
        this.operations = operations;
        this.deploy = deploy;
        this.pending = pending;
        this.narrator = narrator;
    }

    /** Returns when the outcome is known, or nobody listens any more. The push has succeeded. */
    void deploy(App app, Actor actor, String commit, PushVoice voice) {
        try {
            narrator.tell(app, queue(app, actor, commit), voice);
        } catch (ProblemException refused) {
            pending.done(app.team(), app.id(), commit);
            Problem problem = refused.problem();
            voice.line(voice.problem(problem));
            voice.hint("problem." + problem.code() + ".hint", problem.facts());
        } catch (RuntimeException failure) {
            LOG.error("a push is not deployed yet app={}", app.slug(), failure);
            voice.say("push.cutOff");
        }
    }

    Deployment queue(App app, Actor actor, String commit) {
        var input = new DeployApp.Input(app.id().value(), app.branch(), commit, false);
        Deployment queued = operations.run(actor, deploy, input, Mode.APPLY).applied();
        pending.done(app.team(), app.id(), commit);
        return queued;
    }
}
