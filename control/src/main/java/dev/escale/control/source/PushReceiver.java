package dev.escale.control.source;

import dev.escale.control.app.App;
import dev.escale.control.app.Apps;
import dev.escale.control.language.Messages;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TooLargePackException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.UnpackErrorHandler;
import org.eclipse.jgit.transport.resolver.ServiceNotAuthorizedException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Receives pushes: any branch and tag may come, go and be rewritten; what comes to the branch that
 * the app follows is deployed.
 */
@Component
class PushReceiver {
    private final Apps apps;
    private final PendingPushes pending;
    private final PushedDeployment pushed;
    private final PushLimit limit;
    private final Messages messages;

    PushReceiver(
            Apps apps,
            PendingPushes pending,
            PushedDeployment pushed,
            PushLimit limit,
            Messages messages) {
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
        if (!access.actor().may(GitAccess.PUSH)) {
            throw new ServiceNotAuthorizedException(GitAccess.PUSH);
        }
        ReceivePack pack = new ReceivePack(repository);
        pack.setAllowCreates(true);
        pack.setAllowDeletes(true);
        pack.setAllowNonFastForwards(true);
        pack.setObjectChecker(checker());
        pack.setMaxPackSizeLimit(limit.bytes());
        pack.setMaxObjectSizeLimit(limit.bytes());
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
                                Map.of("megabytes", Long.toString(limit.megabytes()))));
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
        App app = now(access);
        followed(app, commands, ReceiveCommand.Result.NOT_ATTEMPTED)
                .ifPresent(
                        command ->
                                pending.add(
                                        app,
                                        access.actor(),
                                        command.getRefName(),
                                        command.getNewId().getName()));
    }

    private void after(
            HttpServletRequest request,
            ReceivePack pack,
            Access access,
            Collection<ReceiveCommand> commands) {
        if (now(access).branch() == null) {
            followed(now(access), commands, ReceiveCommand.Result.OK)
                    .map(ReceiveCommand::getRefName)
                    .map(Repository::shortenRefName)
                    .ifPresent(branch -> apps.follow(access.app(), branch));
        }
        App app = now(access);
        var voice =
                new PushVoice(
                        pack.getMessageOutputStream(),
                        WatchedResponse.gone(request),
                        messages,
                        access.actor().locale());
        Optional<ReceiveCommand> command = followed(app, commands, ReceiveCommand.Result.OK);
        if (command.isPresent()) {
            pushed.deploy(app, access.actor(), command.get().getNewId().getName(), voice);
        } else if (!commands.isEmpty() && app.branch() != null) {
            voice.say("push.notFollowed", "branch", app.branch());
        }
    }

    private App now(Access access) {
        return apps.find(access.app().team(), access.app().id()).orElse(access.app());
    }

    /**
     * Of an app that follows no branch yet, {@code main} if it is among them, else the first one.
     */
    private static Optional<ReceiveCommand> followed(
            App app, Collection<ReceiveCommand> commands, ReceiveCommand.Result result) {
        List<ReceiveCommand> branches =
                commands.stream()
                        .filter(each -> each.getType() != ReceiveCommand.Type.DELETE)
                        .filter(each -> each.getResult() == result)
                        .filter(each -> each.getRefName().startsWith(Constants.R_HEADS))
                        .toList();
        String wanted = app.branch() == null ? "main" : app.branch();
        Optional<ReceiveCommand> named =
                branches.stream()
                        .filter(each -> each.getRefName().equals(Constants.R_HEADS + wanted))
                        .findFirst();
        return app.branch() == null ? named.or(() -> branches.stream().findFirst()) : named;
    }
}
