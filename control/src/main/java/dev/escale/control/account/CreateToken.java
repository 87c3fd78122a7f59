package dev.escale.control.account;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.ActorType;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Fault;
import dev.escale.control.operation.Fingerprint;
import dev.escale.control.operation.Grants;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Permissions;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Scope;
import dev.escale.control.operation.Target;
import dev.escale.control.team.GrantDesk;
import dev.escale.control.team.GrantInput;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A token for the person who asks, in the team that they ask in. */
@Component
class CreateToken implements Operation<CreateToken.Input, Tokens.Fresh> {
    /** Times of thousands of years do not fit the database. */
    private static final Duration LONGEST = Duration.ofDays(3_660);

    private static final int MOST_PLACES = 50;

    private final Tokens tokens;
    private final Actors actors;
    private final Permissions permissions;
    private final GrantDesk desk;
    private final Clock clock;

    CreateToken(
            Tokens tokens, Actors actors, Permissions permissions, GrantDesk desk, Clock clock) {
        this.permissions = permissions;
        this.desk = desk;
        this.tokens = tokens;
        this.actors = actors;
        this.clock = clock;
    }

    /**
     * @param expiresAt null for never
     * @param permissions the only ones it has; null: whatever its person has
     * @param places the only ones; null: wherever its person has them. Their role is not asked for
     */
    record Input(
            @Nullable String name,
            @Nullable Instant expiresAt,
            @Nullable Set<@Nullable String> permissions,
            @Nullable List<@Nullable GrantInput> places) {
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
        return Detail.of(
                "name",
                input.given(),
                "expiresAt",
                input.expiresAt(),
                "permissions",
                input.permissions(),
                "places",
                input.places());
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
        refuseLongerThanOwn(actor, input.expiresAt());
        Grants.Limit limit = limit(actor, input, faults);
        ProblemException.throwIfAny(faults);
        refuseMoreThanOwn(actor, limit);
        return Plan.of(
                Fingerprint.of(limit),
                PlanItem.of("+", "plan.token.create", "name", input.given()));
    }

    private boolean soon(Instant expiry) {
        Instant now = clock.instant();
        return expiry.isAfter(now) && expiry.isBefore(now.plus(LONGEST));
    }

    @Override
    public Tokens.Fresh apply(Actor actor, Input input, Plan plan) {
        return tokens.make(
                actor.team(),
                actors.person(actor),
                new Tokens.Wanted(
                        input.given(),
                        input.expiresAt(),
                        limit(actor, input, new ArrayList<>()),
                        actor.type() == ActorType.TOKEN ? actor.id() : null));
    }

    private Grants.@Nullable Limit limit(Actor actor, Input input, List<Fault> faults) {
        Set<String> known = permissions.all();
        Set<String> wanted = input.permissions() == null ? null : new HashSet<>();
        if (wanted != null && input.permissions() != null) {
            if (input.permissions().isEmpty()) {
                faults.add(Fault.of("permissions", "input.required"));
            }
            for (String each : input.permissions()) {
                if (each != null && (known.contains(each) || Permissions.OWN.contains(each))) {
                    wanted.add(each);
                } else {
                    faults.add(
                            Fault.of(
                                    "permissions",
                                    "role.permissionUnknown",
                                    "permission",
                                    String.valueOf(each)));
                }
            }
        }
        List<Scope> scopes = new ArrayList<>();
        List<@Nullable GrantInput> places = input.places() == null ? List.of() : input.places();
        if (places.size() > MOST_PLACES) {
            faults.add(Fault.of("places", "token.tooManyPlaces", "most", "" + MOST_PLACES));
            places = List.of();
        }
        for (int i = 0; i < places.size(); i++) {
            GrantInput place = places.get(i);
            if (place != null) {
                desk.scope(actor, "places." + i, place, faults).ifPresent(scopes::add);
            }
        }
        scopes.removeIf(Scope.TEAM::equals);
        Grants.Limit own = actor.grants().limit();
        if (own != null && wanted == null) {
            wanted = own.permissions();
        }
        if (own != null && scopes.isEmpty()) {
            scopes.addAll(own.scopes());
        }
        return wanted == null && scopes.isEmpty() ? null : new Grants.Limit(wanted, scopes);
    }

    /** A token makes none that outlives itself: one that leaked would live on in it. */
    private void refuseLongerThanOwn(Actor actor, @Nullable Instant expiresAt) {
        if (actor.type() != ActorType.TOKEN) {
            return;
        }
        boolean longer =
                tokens.all(actor.team(), actors.person(actor)).stream()
                        .filter(token -> token.id().equals(actor.id()))
                        .map(AccessToken::expiresAt)
                        .filter(Objects::nonNull)
                        .anyMatch(own -> expiresAt == null || expiresAt.isAfter(own));
        if (longer) {
            throw ProblemException.of(403, "token.longerThanItself");
        }
    }

    /** A token makes none that may more than itself. */
    private static void refuseMoreThanOwn(Actor actor, Grants.@Nullable Limit wanted) {
        Grants.Limit own = actor.grants().limit();
        if (own == null) {
            return;
        }
        Set<String> only = own.permissions();
        boolean more =
                wanted == null
                        || only != null
                                && (wanted.permissions() == null
                                        || !only.containsAll(wanted.permissions()))
                        || !own.scopes().isEmpty() && !own.scopes().containsAll(wanted.scopes());
        if (more) {
            throw ProblemException.of(403, "token.moreThanItself");
        }
    }
}
