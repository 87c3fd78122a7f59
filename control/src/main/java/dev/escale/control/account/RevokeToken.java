package dev.escale.control.account;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Fingerprint;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import dev.escale.control.team.Invitation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Ends one of the person's own tokens, and with it the tokens and the ways in that it made. */
@Component
class RevokeToken implements Operation<RevokeToken.Input, RevokeToken.Revoked> {
    private final Tokens tokens;
    private final Actors actors;
    private final Persons persons;

    RevokeToken(Tokens tokens, Actors actors, Persons persons) {
        this.persons = persons;
        this.tokens = tokens;
        this.actors = actors;
    }

    record Input(String token) {}

    /**
     * @param also tokens that it had made
     * @param invitations that had been made with them
     * @param links ids of those whom sign-in links would have let in that had been made with them
     */
    record Revoked(String id, List<String> also, List<String> invitations, List<String> links) {
        Revoked {
            also = List.copyOf(also);
            invitations = List.copyOf(invitations);
            links = List.copyOf(links);
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
        return Detail.of(
                "also",
                String.join(" ", revoked.also()),
                "invitations",
                String.join(" ", revoked.invitations()),
                "links",
                String.join(" ", revoked.links()));
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
        List<String> ids = made.stream().map(AccessToken::id).toList();
        List<String> family = Stream.concat(Stream.of(input.token()), ids.stream()).toList();
        WaysOfTokens.Ways ways = tokens.ways(actor.team(), family);
        List<PlanItem> changes = new ArrayList<>();
        changes.add(PlanItem.of("-", "plan.token.revoke", "name", name));
        made.forEach(each -> changes.add(ends("plan.token.made", each.name())));
        ways.invitations().forEach(each -> changes.add(ends("plan.token.invitation", named(each))));
        ways.links().forEach(each -> changes.add(ends("plan.token.link", nameOf(each))));
        return Plan.of(
                Fingerprint.of(ids, ways.invitationIds(), ways.links()),
                changes.toArray(PlanItem[]::new));
    }

    private static PlanItem ends(String text, String name) {
        return PlanItem.of("-", text, "name", name);
    }

    private static String named(Invitation invitation) {
        return invitation.email() == null ? invitation.id() : invitation.email();
    }

    private String nameOf(String person) {
        return persons.find(person).map(Person::name).orElse(person);
    }

    @Override
    public Revoked apply(Actor actor, Input input, Plan plan) {
        Tokens.Ended ended = tokens.revoke(actor.team(), actors.person(actor), input.token());
        return new Revoked(
                input.token(),
                ended.tokens().stream().filter(each -> !each.equals(input.token())).toList(),
                ended.ways().invitationIds(),
                ended.ways().links());
    }
}
