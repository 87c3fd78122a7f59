package dev.escale.control.source;

import dev.escale.control.app.App;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.transport.ReceiveCommand;

/** Finds in a push what comes to the branch that an app follows. */
final class FollowedBranch {
    private FollowedBranch() {}

    /**
     * Of an app that follows no branch yet, {@code main} if it is among them, else the first one.
     */
    static Optional<ReceiveCommand> of(
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
