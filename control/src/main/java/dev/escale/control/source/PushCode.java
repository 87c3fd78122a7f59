package dev.escale.control.source;

import dev.escale.control.app.App;
import dev.escale.control.app.AppTargets;
import dev.escale.control.app.Apps;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.BatchRefUpdate;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * {@code code.push}: moves branches and tags to what was received. The first branch that comes to
 * an app without one is the branch that it follows from then on.
 */
@Component
class PushCode implements Operation<PushCode.Input, PushCode.Pushed> {
    private final Repositories repositories;
    private final Apps apps;
    private final AppTargets targets;

    PushCode(Repositories repositories, Apps apps, AppTargets targets) {
        this.repositories = repositories;
        this.apps = apps;
        this.targets = targets;
    }

    /**
     * @param app id or slug
     * @param together all of them or none
     */
    record Input(String app, List<Move> moves, boolean together) {}

    /**
     * @param ref full name
     * @param from SHA-1; zeros for one that is new
     * @param to SHA-1; zeros for one that goes
     */
    record Move(String ref, String from, String to) {
        static Move of(ReceiveCommand command) {
            return new Move(
                    command.getRefName(), command.getOldId().name(), command.getNewId().name());
        }

        ReceiveCommand command() {
            return new ReceiveCommand(ObjectId.fromString(from), ObjectId.fromString(to), ref);
        }

        PlanItem item() {
            return switch (command().getType()) {
                case CREATE -> PlanItem.of("+", "plan.ref.create", "ref", ref, "commit", to);
                case DELETE -> PlanItem.of("-", "plan.ref.remove", "ref", ref, "commit", from);
                case UPDATE, UPDATE_NONFASTFORWARD ->
                        PlanItem.of("~", "plan.ref.move", "ref", ref, "from", from, "commit", to);
            };
        }
    }

    /**
     * @param results of each move, in their order
     * @param follows the branch that the app follows from now on; null when that has not changed
     */
    record Pushed(List<ReceiveCommand> results, @Nullable String follows) {}

    @Override
    public String name() {
        return "code.push";
    }

    @Override
    public String permission() {
        return GitAccess.PUSH;
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Map<String, String> asked(Input input) {
        return Detail.of("app", input.app(), "together", input.together() ? "true" : null);
    }

    @Override
    public Target target(Actor actor, Input input) {
        return targets.target(actor, input.app());
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        return Plan.of(
                input.moves().toString(),
                input.moves().stream().map(Move::item).toArray(PlanItem[]::new));
    }

    @Override
    public Pushed apply(Actor actor, Input input, Plan plan) {
        App app = targets.app(actor, input.app());
        List<ReceiveCommand> commands = input.moves().stream().map(Move::command).toList();
        move(app, commands, input.together());
        Optional<String> follows =
                app.branch() == null
                        ? FollowedBranch.of(app, commands, ReceiveCommand.Result.OK)
                                .map(ReceiveCommand::getRefName)
                                .map(Repository::shortenRefName)
                        : Optional.empty();
        follows.ifPresent(branch -> apps.follow(app, branch));
        return new Pushed(commands, follows.orElse(null));
    }

    @Override
    public Map<String, String> came(Pushed pushed) {
        return Detail.of(
                "refs",
                pushed.results().stream()
                        .map(each -> each.getRefName() + " " + each.getResult())
                        .toList(),
                "follows",
                pushed.follows());
    }

    private void move(App app, List<ReceiveCommand> commands, boolean together) {
        try (Repository repository = repositories.open(app);
                RevWalk walk = new RevWalk(repository)) {
            BatchRefUpdate batch = repository.getRefDatabase().newBatchUpdate();
            batch.setAllowNonFastForwards(true);
            batch.setAtomic(together);
            batch.setRefLogMessage("push", true);
            batch.addCommand(commands);
            batch.execute(walk, NullProgressMonitor.INSTANCE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
