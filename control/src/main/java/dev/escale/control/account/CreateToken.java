package dev.escale.control.account;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Fault;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A token for the person who asks, in the team that they ask in. */
@Component
class CreateToken implements Operation<CreateToken.Input, Tokens.Fresh> {
    /** Times of thousands of years do not fit the database. */
    private static final Duration LONGEST = Duration.ofDays(3_660);

    private final Tokens tokens;
    private final Actors actors;
    private final Clock clock;

    CreateToken(Tokens tokens, Actors actors, Clock clock) {
        this.tokens = tokens;
        this.actors = actors;
        this.clock = clock;
    }

    /**
     * @param expiresAt null for never
     */
    record Input(@Nullable String name, @Nullable Instant expiresAt) {
        String given() {
            return name == null ? "" : name.strip();
        }
    }

    @Override
    public String name() {
        return "token.create";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Map<String, String> asked(Input input) {
        return Detail.of("name", input.given(), "expiresAt", input.expiresAt());
    }

    @Override
    public Target done(Target planned, Tokens.Fresh fresh) {
        return Target.of("token", fresh.token().id(), fresh.token().name());
    }

    @Override
    public Target target(Actor actor, Input input) {
        return Target.of("token", "", input.given());
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        List<Fault> faults = new ArrayList<>();
        if (input.given().isEmpty()
                || input.given().length() > 200
                || input.given().chars().anyMatch(Character::isISOControl)) {
            faults.add(Fault.of("name", "token.name"));
        }
        if (input.expiresAt() != null && !soon(input.expiresAt())) {
            faults.add(Fault.of("expiresAt", "token.expiry"));
        }
        ProblemException.throwIfAny(faults);
        return Plan.of("", PlanItem.of("+", "plan.token.create", "name", input.given()));
    }

    private boolean soon(Instant expiry) {
        Instant now = clock.instant();
        return expiry.isAfter(now) && expiry.isBefore(now.plus(LONGEST));
    }

    @Override
    public Tokens.Fresh apply(Actor actor, Input input, Plan plan) {
        return tokens.make(actor.team(), actors.person(actor), input.given(), input.expiresAt());
    }
}
