package dev.escale.control.source;

import dev.escale.control.app.App;
import dev.escale.control.app.Apps;
import dev.escale.control.language.Messages;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.Problem;
import dev.escale.control.operation.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TooLargePackException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.UnpackErrorHandler;
import org.eclipse.jgit.transport.resolver.ServiceNotAuthorizedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Receives pushes: any branch and tag may come, go and be rewritten; what comes to the branch that
 * the app follows is deployed.
 */
@Component
class PushReceiver {
    private static final Logger LOG = LoggerFactory.getLogger(PushReceiver.class);

    private final Apps apps;
    private final PendingPushes pending;
    private final Moves moves;
    private final PushedDeployment pushed;
    private final PushLimit limit;
    private final Messages messages;

    /** Moves refs through the waist. */
    @Component
    record Moves(Operations operations, PushCode code) {
        PushCode.Pushed push(Actor actor, PushCode.Input input) {
            return operations.run(actor, code, input, Mode.APPLY).applied();
        }
    }

    PushReceiver(
            Apps apps,
            PendingPushes pending,
            Moves moves,
            PushedDeployment pushed,
            PushLimit limit,
            Messages messages) {
        this.moves = moves;
        this.apps = apps;
        this.pending = pending;
        this.pushed = pushed;
        this.limit = limit;
        this.messages = messages;
    }

    /**
     * @throws ServiceNotAuthorizedException when whoever asks may not push, even if a door before
     *     this one took the request for something else
     */
    ReceivePack receive(HttpServletRequest request, Repository repository)
            throws ServiceNotAuthorizedException {
        Access access = Access.of(request);
        if (!access.actor().may(GitAccess.PUSH, access.app().target())) {
            throw new ServiceNotAuthorizedException(GitAccess.PUSH);
        }
        ReceivePack pack = new ReceivePack(repository);
        pack.setAllowCreates(true);
        pack.setAllowDeletes(true);
        pack.setAllowNonFastForwards(true);
        pack.setObjectChecker(checker());
        pack.setMaxPackSizeLimit(limit.bytes());
        pack.setMaxObjectSizeLimit(limit.objectBytes());
        pack.setUnpackErrorHandler(explain(pack, pack.getUnpackErrorHandler(), access));
        pack.setPreReceiveHook((ignored, commands) -> before(pack, access, commands));
        pack.setPostReceiveHook((ignored, commands) -> after(request, pack, access, commands));
        return pack;
    }

    /**
     * What real repositories carry from tools of the past is let through; what is broken is not.
     */
    private static ObjectChecker checker() {
        return new ObjectChecker()
                .setAllowInvalidPersonIdent(true)
                .setAllowLeadingZeroFileMode(true)
                .setIgnore(ObjectChecker.ErrorType.MISSING_EMAIL, true)
                .setIgnore(ObjectChecker.ErrorType.MISSING_SPACE_BEFORE_DATE, true);
    }

    private UnpackErrorHandler explain(ReceivePack pack, UnpackErrorHandler report, Access access) {
        return failure -> {
            if (tooLarge(failure) || tooLarge(failure.getCause())) {
                pack.sendMessage(
                        messages.text(
                                access.actor().locale(),
                                "push.tooLarge",
                                Map.of(
                                        "megabytes",
                                        Long.toString(limit.megabytes()),
                                        "object",
                                        Long.toString(limit.objectMegabytes()))));
            }
            report.handleUnpackException(failure);
        };
    }

    private static boolean tooLarge(@Nullable Throwable failure) {
        return failure instanceof TooLargePackException
                || failure instanceof TooLargeObjectInPackException;
    }

    private void before(ReceivePack pack, Access access, Collection<ReceiveCommand> commands) {
        for (ReceiveCommand command : commands) {
            String ref = command.getRefName();
            if (!ref.startsWith(Constants.R_HEADS) && !ref.startsWith(Constants.R_TAGS)) {
                command.setResult(
                        ReceiveCommand.Result.REJECTED_OTHER_REASON,
                        messages.text(access.actor().locale(), "push.refRefused"));
            }
        }
        List<ReceiveCommand> wanted =
                commands.stream()
                        .filter(each -> each.getResult() == ReceiveCommand.Result.NOT_ATTEMPTED)
                        .toList();
        boolean whole = wanted.size() == commands.size();
        if (!wanted.isEmpty() && (whole || !pack.isAtomic())) {
            push(pack, access, wanted);
        }
    }

    /** JGit moves no ref itself: it leaves alone what has a result already. */
    private void push(ReceivePack pack, Access access, List<ReceiveCommand> wanted) {
        App app = now(access);
        FollowedBranch.of(app, wanted, ReceiveCommand.Result.NOT_ATTEMPTED)
                .ifPresent(
                        command ->
                                pending.add(
                                        app,
                                        access.actor(),
                                        command.getRefName(),
                                        command.getNewId().getName()));
        var input =
                new PushCode.Input(
                        app.id().value(),
                        wanted.stream().map(PushCode.Move::of).toList(),
                        pack.isAtomic());
        try {
            var pushed = moves.push(access.actor(), input);
            for (int i = 0; i < wanted.size(); i++) {
                ReceiveCommand done = pushed.results().get(i);
                wanted.get(i).setResult(done.getResult(), done.getMessage());
            }
        } catch (ProblemException refused) {
            Problem problem = refused.problem();
            String words =
                    messages.text(
                            access.actor().locale(), "problem." + problem.code(), problem.facts());
            wanted.forEach(
                    each -> each.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, words));
        } catch (RuntimeException failure) {
            LOG.error("a push was cut off app={}", app.slug(), failure);
            wanted.forEach(each -> settle(pack, access, each));
        }
    }

    /**
     * Git hears what is true: a ref may have moved before the database went away. {@link
     * PushRecovery} deploys it then.
     */
    private void settle(ReceivePack pack, Access access, ReceiveCommand command) {
        if (moved(pack.getRepository(), command)) {
            command.setResult(ReceiveCommand.Result.OK);
        } else {
            command.setResult(
                    ReceiveCommand.Result.REJECTED_OTHER_REASON,
                    messages.text(access.actor().locale(), "problem.request.failed", Map.of()));
        }
    }

    private static boolean moved(Repository repository, ReceiveCommand command) {
        try {
            Ref ref = repository.getRefDatabase().exactRef(command.getRefName());
            ObjectId now = ref == null ? ObjectId.zeroId() : ref.getObjectId();
            return command.getNewId().equals(now);
        } catch (IOException unreadable) {
            LOG.error("a ref cannot be read: {}", command.getRefName(), unreadable);
            return false;
        }
    }

    private void after(
            HttpServletRequest request,
            ReceivePack pack,
            Access access,
            Collection<ReceiveCommand> commands) {
        App app = now(access);
        var voice =
                new PushVoice(
                        pack.getMessageOutputStream(),
                        WatchedResponse.gone(request),
                        messages,
                        access.actor().locale());
        Optional<ReceiveCommand> command =
                FollowedBranch.of(app, commands, ReceiveCommand.Result.OK);
        if (command.isPresent()) {
            pushed.deploy(app, access.actor(), command.get().getNewId().getName(), voice);
        } else if (!commands.isEmpty() && app.branch() != null) {
            voice.say("push.notFollowed", "branch", app.branch());
        }
    }

    private App now(Access access) {
        return apps.find(access.app().team(), access.app().id()).orElse(access.app());
    }
}
