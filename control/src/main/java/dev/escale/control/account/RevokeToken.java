package dev.escale.control.account;

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
import org.springframework.stereotype.Component;

/** Ends one of the person's own tokens, and what it made. */
@Component
class RevokeToken implements Operation<RevokeToken.Input, RevokeToken.Revoked> {
    private final Tokens tokens;
    private final Actors actors;

    RevokeToken(Tokens tokens, Actors actors) {
        this.tokens = tokens;
        this.actors = actors;
    }

    record Input(String token) {}

    /**
     * @param also what it had made
     */
    record Revoked(String id, List<String> also) {
        Revoked {
            also = List.copyOf(also);
        }
    }

    @Override
    public String name() {
        return "token.revoke";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Map<String, String> asked(Input input) {
        return Detail.of("token", input.token());
    }

    @Override
    public Map<String, String> came(Revoked revoked) {
        return revoked.also().isEmpty()
                ? Map.of()
                : Detail.of("also", String.join(" ", revoked.also()));
    }

    @Override
    public Target target(Actor actor, Input input) {
        return tokens.all(actor.team(), actors.person(actor)).stream()
                .filter(token -> token.id().equals(input.token()))
                .findFirst()
                .map(token -> Target.of("token", token.id(), token.name()))
                .orElseThrow(
                        () -> ProblemException.of(404, "token.unknown", "token", input.token()));
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        String name = target(actor, input).name();
        List<AccessToken> made = tokens.madeBy(actor.team(), actors.person(actor), input.token());
        List<PlanItem> changes = new ArrayList<>();
        changes.add(PlanItem.of("-", "plan.token.revoke", "name", name));
        made.forEach(each -> changes.add(PlanItem.of("-", "plan.token.made", "name", each.name())));
        return Plan.of(
                Fingerprint.of(made.stream().map(AccessToken::id).toList()),
                changes.toArray(PlanItem[]::new));
    }

    @Override
    public Revoked apply(Actor actor, Input input, Plan plan) {
        List<String> ended = tokens.revoke(actor.team(), actors.person(actor), input.token());
        return new Revoked(
                input.token(), ended.stream().filter(each -> !each.equals(input.token())).toList());
    }
}
